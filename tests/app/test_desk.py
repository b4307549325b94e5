"""The page of the desk in every state of its door, with what the secrets may hold, and its team."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from biocarto.desk import proposals
from biocarto.desk.members import OPERATOR
from biocarto.desk.rights import Role
from biocarto.desk.team import change_role, invite, list_members, remove
from biocarto.store.database import Store
from biocarto.ui.desk.rooms import ROOMS
from biocarto.ui.shared import cache
from tests.support.desk_store import make_full_store
from tests.support.pages import APP, TIMEOUT, as_next_visitor, at_page, said
from tests.support.team import ISSUER, join, make_store

AUTH: dict[str, Any] = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "s" * 32,
    "client_id": "biocarto",
    "client_secret": "hidden-value",
    "server_metadata_url": f"{ISSUER}/.well-known/openid-configuration",
}
MARK = "hidden-value"
"""A value that no page may show."""

Visit = Callable[..., AppTest]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of the pages, empty."""
    monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / "register.sqlite"))
    return make_store(tmp_path)


@pytest.fixture
def full_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of the pages, with the rows that have a sheet."""
    monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / "register.sqlite"))
    return make_full_store(tmp_path)


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """`visit(secrets, user, setting=…, vue=…)` -> the desk, as its page stands for that account."""

    def _visit(
        secrets: dict[str, Any] | None = None, user: dict[str, Any] | None = None, /, env: dict[str, str] | None = None, **params: str
    ) -> AppTest:
        for name, value in (env or {}).items():
            monkeypatch.setenv(name, value)
        cache.settings.clear()
        app = as_next_visitor(AppTest.from_file(str(APP), default_timeout=TIMEOUT))
        app.secrets = secrets or {}
        app.user = user or {}
        return at_page(app, "desk", **params)

    yield _visit
    monkeypatch.undo()
    cache.settings.clear()


def claims(name: str = "ada", **more: Any) -> dict[str, Any]:
    """What `st.user` holds of somebody who has signed in."""
    told = {"iss": ISSUER, "sub": f"subject-{name}", "email": f"{name}@pole.example", "email_verified": True, "name": name.title()}
    return {"is_logged_in": True, "provider": "default", **told, **more}


def labels(app: AppTest) -> list[str]:
    """What can be pressed."""
    return [button.label for button in app.button]


def rooms(app: AppTest) -> list[str]:
    """The doors that the page shows."""
    known = {room.label for room in ROOMS}
    return [option.content for group in app.get("button_group") for option in group.proto.options if option.content in known]


def whole(app: AppTest) -> str:
    """The words of a page on which nothing failed, and nothing of the secrets stands."""
    assert not app.exception
    text = said(app) + " ".join(told.value for told in (*app.error, *app.success))
    assert MARK not in text
    assert "s" * 32 not in text
    return text


def test_the_desk_is_closed_without_a_provider(visit: Visit) -> None:
    """The page says so and where it says how to open it; in no menu, nothing to press."""
    app = visit()
    assert "L'atelier est fermé" in whole(app)
    assert "docs/atelier.md" in whole(app)
    assert labels(app) == []


@pytest.mark.parametrize(
    ("env", "secrets", "shown"),
    [({}, {}, "hidden"), ({}, {"auth": {}}, "hidden"), ({"BIOCARTO_DESK_EDITOR": "Léa"}, {}, "visible"), ({}, {"auth": AUTH}, "visible")],
)
def test_the_desk_is_in_the_menu_where_it_is_open(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], secrets: dict[str, Any], shown: str
) -> None:
    """For an editor of a laptop, and where people can sign in."""
    menu: dict[str, str] = {}
    page = streamlit.Page
    monkeypatch.setattr("streamlit.Page", lambda *a, **o: menu.update({o["url_path"] or "": o["visibility"]}) or page(*a, **o))
    visit(secrets, env=env)
    assert menu["atelier"] == shown
    assert {place for name, place in menu.items() if name not in {"atelier", "mentions-legales", "accessibilite"}} == {"visible"}


def test_a_laptops_editor_is_an_administrator(visit: Visit, store: Store) -> None:
    """Under the name of the setting, with all rooms and no way to sign out of what nobody signed in to."""
    app = visit(env={"BIOCARTO_DESK_EDITOR": "Léa *Martin*"}, vue="equipe")
    assert "Poste isolé" in whole(app)
    assert "Léa" in whole(app)
    assert len(rooms(app)) == COUNTS[Role.ADMINISTRATOR]
    assert "Se déconnecter" not in labels(app)
    assert list_members(store, OPERATOR) == []


def test_the_desk_without_a_store_says_how_to_make_one(visit: Visit, tmp_path: Path) -> None:
    """For the laptop's editor and for an account; a page that fails would say nothing."""
    env = {"BIOCARTO_STORE": str(tmp_path / "none.sqlite")}
    app = visit({"auth": AUTH}, claims(), env=env)
    assert "desk init" in whole(app).replace("\\", "")
    app = visit(env=env | {"BIOCARTO_DESK_EDITOR": "Léa"}, vue="equipe")
    assert "desk init" in whole(app).replace("\\", "")


def test_who_has_not_signed_in_can(visit: Visit) -> None:
    """One button for each provider; after a sign-in that failed the page says why."""
    assert labels(visit({"auth": AUTH})) == ["Se connecter"]
    named = {key: AUTH[key] for key in ("client_id", "client_secret", "server_metadata_url")}
    two = {"redirect_uri": AUTH["redirect_uri"], "cookie_secret": AUTH["cookie_secret"], "proconnect": named, "pole": named}
    assert labels(visit({"auth": two})) == ["Se connecter par ProConnect", "Se connecter par pole"]
    assert "n'a pas accepté" in whole(visit({"auth": AUTH}, connexion="refus"))
    assert "did not succeed" in whole(visit({"auth": AUTH}, connexion="echec", lang="en"))
    assert "Valeurs inconnues" in whole(visit({"auth": AUTH}, connexion="<b>x</b>"))


@pytest.mark.parametrize("params", [{}, {"vue": "equipe"}, {"vue": "<script>"}])
def test_who_was_not_invited_sees_no_room(visit: Visit, store: Store, params: dict[str, str]) -> None:
    """Only the address that is not invited, and the way out."""
    app = visit({"auth": AUTH}, claims("eve"), **params)
    assert "eve@pole.example, qui n'est pas invitée" in whole(app).replace("\\", "")
    assert labels(app) == ["Se déconnecter"]
    assert rooms(app) == []
    assert list_members(store, OPERATOR) == []


COUNTS = {Role.CONTRIBUTOR: 2, Role.EDITOR: 6, Role.ADMINISTRATOR: 8}


@pytest.mark.parametrize("role", COUNTS)
def test_a_member_enters_the_rooms_of_its_role(visit: Visit, store: Store, role: Role) -> None:
    """The others are not there, by their address neither."""
    join(store, "ada", role)
    app = visit({"auth": AUTH}, claims(), vue="equipe")
    assert "Ada" in whole(app)
    assert len(rooms(app)) == COUNTS[role]
    assert ("Inviter" in labels(app)) is (role is Role.ADMINISTRATOR)
    assert ("Valeurs inconnues" in whole(app)) is (role is not Role.ADMINISTRATOR)


def test_the_role_is_read_in_every_run(visit: Visit, store: Store) -> None:
    """The cookie lives on; a member who is demoted or removed meanwhile is what the table says."""
    other, ada = join(store, "other", Role.ADMINISTRATOR), join(store, "ada", Role.ADMINISTRATOR)
    app = visit({"auth": AUTH}, claims(), vue="equipe")
    app.text_input[1].set_value("bob@pole.example")
    change_role(store, other, ada.id, Role.CONTRIBUTOR)
    [send] = [button for button in app.button if button.label == "Inviter"]
    assert "Inviter" not in labels(send.click().run())
    assert len(rooms(app)) == COUNTS[Role.CONTRIBUTOR]
    remove(store, other, ada.id)
    assert "n'est pas invitée" in whole(app.run())
    assert [member.mail for member in list_members(store, OPERATOR)] == ["other@pole.example"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"email_verified": False}, "ne confirme pas"),
        ({"email_verified": "false"}, "ne confirme pas"),
        ({"email_verified": 1}, "ne confirme pas"),
        ({"email_verified": None}, "ne confirme pas"),
        ({"email": None}, "pas transmis d'adresse"),
        ({"email": ["ada@pole.example"]}, "pas transmis d'adresse"),
        ({"sub": ""}, "pas dit qui vous êtes"),
        ({"sub": 7}, "pas dit qui vous êtes"),
        ({"iss": None}, "pas dit qui vous êtes"),
    ],
)
def test_claims_that_say_too_little_are_refused(visit: Visit, store: Store, told: dict[str, Any], words: str) -> None:
    """In a sentence, with the way out; nothing is bound."""
    invite(store, OPERATOR, "ada@pole.example", "Ada", Role.EDITOR)
    app = visit({"auth": AUTH}, claims(**told))
    assert words in whole(app)
    assert labels(app) == ["Se déconnecter"]
    assert [member.signed_in for member in list_members(store, OPERATOR)] == [False]


def test_a_trusted_issuer_need_not_confirm(visit: Visit, store: Store) -> None:
    """Where it says nothing of the address; a clear no stays a no, and another issuer's silence too."""
    invite(store, OPERATOR, "ada@pole.example", "Ada", Role.EDITOR)
    trusting = {"auth": AUTH, "biocarto": {"trusted_issuers": [ISSUER]}}
    silent = claims()
    del silent["email_verified"]
    assert "ne confirme pas" in whole(visit({"auth": AUTH}, silent))
    assert "ne confirme pas" in whole(visit(trusting, silent | {"iss": "https://other.example"}))
    assert "ne confirme pas" in whole(visit(trusting, silent | {"email_verified": False}))
    assert "Éditeur" in whole(visit(trusting, silent))


def test_an_account_of_a_provider_that_is_gone_is_nobody(visit: Visit, store: Store) -> None:
    """Its cookie outlives the setting."""
    join(store, "ada", Role.ADMINISTRATOR)
    for user in (claims(provider="former"), claims(is_logged_in="yes"), claims(is_logged_in=False)):
        assert labels(visit({"auth": AUTH}, user)) == ["Se connecter"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no section": ({"auth": "x"}, "pas une section"),
    "no secret for cookies": ({"auth": {**AUTH, "cookie_secret": ""}}, "cookie_secret"),
    "a short one": ({"auth": {**AUTH, "cookie_secret": MARK}}, "cookie_secret"),
    "tokens for pages": ({"auth": {**AUTH, "expose_tokens": ["access"]}}, "expose_tokens"),
    "another way back": ({"auth": {**AUTH, "redirect_uri": "https://evil.example/oauth2callback"}}, "redirect_uri"),
    "another page": ({"auth": {**AUTH, "redirect_uri": "http://localhost:8501/"}}, "redirect_uri"),
    "no provider": ({"auth": {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}}, "aucun fournisseur"),
    "half a provider": ({"auth": {key: value for key, value in AUTH.items() if key != "client_secret"}}, "client_secret"),
    "an empty value": ({"auth": {**AUTH, "client_id": " "}}, "client_id"),
    "a value that is none": ({"auth": {**AUTH, "client_id": 5}}, "client_id"),
    "a provider in the open": ({"auth": {**AUTH, "server_metadata_url": "http://login.example/x"}}, "server_metadata_url"),
    "an address that is none": ({"auth": {**AUTH, "server_metadata_url": "https://[x"}}, "server_metadata_url"),
    "a name with an underscore": ({"auth": {**AUTH, "my_pole": {"client_id": MARK}}}, "trait bas"),
    "trust in a word": ({"auth": AUTH, "biocarto": {"trusted_issuers": ISSUER}}, "trusted_issuers"),
    "trust in the open": ({"auth": AUTH, "biocarto": {"trusted_issuers": ["http://login.example"]}}, "trusted_issuers"),
    "trust that is no section": ({"auth": AUTH, "biocarto": 1}, "trusted_issuers"),
}


@pytest.mark.parametrize(("secrets", "words"), WRONG.values(), ids=WRONG)
def test_a_sign_in_that_is_set_up_wrongly_is_closed(visit: Visit, secrets: dict[str, Any], words: str) -> None:
    """What has to be corrected is named, never its value; nobody is let in by a cookie."""
    text = whole(app := visit(secrets, claims()))
    assert "L'atelier est fermé" in text
    assert words in text.replace("\\", "")
    assert labels(app) == []


def test_the_way_back_of_a_public_server_is_its_address(visit: Visit) -> None:
    """With its path; a laptop's is refused there."""
    env = {"BIOCARTO_PUBLIC_URL": "https://carto.example/carto"}
    right = {"auth": {**AUTH, "redirect_uri": "https://carto.example/carto/oauth2callback"}}
    assert labels(visit(right, env=env)) == ["Se connecter"]
    assert "redirect_uri" in whole(visit({"auth": AUTH}, env=env)).replace("\\", "")


@pytest.mark.parametrize("text", [b"[auth", b"\xff\xfe[auth]\n", b"auth = \n"])
def test_a_broken_file_of_secrets_is_told(visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """Streamlit takes it for none: an operator would look for the mistake elsewhere."""
    file = tmp_path / "secrets.toml"
    file.write_bytes(text)
    with pytest.raises((tomllib.TOMLDecodeError, UnicodeDecodeError)):
        tomllib.loads(file.read_text(encoding="utf-8"))
    option = streamlit.get_option
    monkeypatch.setattr(streamlit, "get_option", lambda name: [str(file)] if name == "secrets.files" else option(name))
    monkeypatch.setattr("streamlit.runtime.secrets.config.get_option", streamlit.get_option)
    app = visit()
    assert "L'atelier est fermé" in whole(app)
    assert "secrets" in app.error[0].value


def press(app: AppTest, label: str) -> AppTest:
    """The page after a button of a form."""
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def fill(app: AppTest, label: str, value: str) -> None:
    """Write into the last field of this name: the first one may be that of the bar."""
    [field] = [field for field in app.text_input if field.label == label][-1:]
    field.set_value(value)


def test_an_administrator_keeps_the_team(visit: Visit, store: Store) -> None:
    """Invite, give another role, remove: each is told, and the list is as it is then."""
    join(store, "ada", Role.ADMINISTRATOR)
    app = visit({"auth": AUTH}, claims(), vue="equipe")
    fill(app, "Adresse de messagerie", "Bob@Pole.example")
    app = press(app, "Inviter")
    assert "Bob@Pole.example peut maintenant se connecter" in whole(app).replace("\\", "")
    assert "bob@pole.example" in whole(app)
    [who] = [box for box in app.selectbox if str(box.key).startswith("desk-role-who")]
    who.set_value(list_members(store, OPERATOR)[1].id)
    app = press(app, "Donner ce rôle")
    [who] = [box for box in app.selectbox if str(box.key).startswith("desk-remove-who")]
    who.set_value(list_members(store, OPERATOR)[1].id)
    assert "Cochez la case" in whole(press(app, "Retirer ce membre"))
    app.checkbox[0].check()
    assert "n'est plus membre" in whole(press(app, "Retirer ce membre"))
    assert [member.mail for member in list_members(store, OPERATOR)] == ["ada@pole.example"]


def test_what_is_refused_is_told_and_stays_on_screen(visit: Visit, store: Store) -> None:
    """An address that is none, the last administrator."""
    join(store, "ada", Role.ADMINISTRATOR)
    app = visit({"auth": AUTH}, claims(), vue="equipe")
    fill(app, "Adresse de messagerie", "<b>bob</b>")
    app = press(app, "Inviter")
    assert "n'est pas une adresse" in whole(app)
    assert "<b>bob</b>" in [field.value for field in app.text_input]
    assert "dernier administrateur" in whole(press(app, "Donner ce rôle"))
    assert [member.role for member in list_members(store, OPERATOR)] == [Role.ADMINISTRATOR]


def test_a_member_chooses_a_public_name(visit: Visit, store: Store) -> None:
    """In the bar, shown there at once."""
    join(store, "ada", Role.CONTRIBUTOR)
    app = visit({"auth": AUTH}, claims())
    app.text_input[0].set_value("Pôle d'Évry")
    assert "Pôle d'Évry" in whole(press(app, "Enregistrer ce nom")).replace("\\", "")
    assert [member.name for member in list_members(store, OPERATOR)] == ["Pôle d'Évry"]


def report(visit: Visit, user: dict[str, Any], page: str = "directory", **params: str) -> AppTest:
    """What is wrong with a sheet, told by whoever has signed in."""
    app = visit({"auth": AUTH}, user)
    app = at_page(app, page, **params)
    if page == "directory":
        app.session_state["open-report-actors-genethon"] = True
        app.run()
    else:
        app.button(key="tile-by-message").click().run()
    next(area for area in app.text_area if str(area.key).endswith("-message")).set_value("Déménagé en 2024")
    return next(button for button in app.button if str(button.key).endswith("-send")).click().run()


@pytest.mark.parametrize(
    ("role", "told", "is_named"),
    [(Role.CONTRIBUTOR, {}, True), (Role.EDITOR, {}, True), (Role.VISITOR, {}, False), (Role.VISITOR, {"email_verified": False}, False)],
    ids=["contributor", "editor", "not invited", "not confirmed"],
)
def test_a_members_proposal_has_their_name(full_store: Store, visit: Visit, role: Role, told: dict[str, Any], is_named: bool) -> None:
    """They follow it at the desk; whoever was not invited proposes as without an account."""
    member = join(full_store, "ada", role)
    app = report(visit, claims(**told), actor="genethon")
    assert not app.exception
    assert ("ce qu'elle devient à l'atelier" in app.success[0].value) is is_named
    [found] = proposals.list_page(full_store, OPERATOR).proposals
    assert found.proposal.who == (member.id if is_named else "")


def test_who_proposes_at_the_stand_is_not_whose_browser_it_is(full_store: Store, visit: Visit) -> None:
    """The team has signed in, a visitor of the stand writes."""
    join(full_store, "ada", Role.EDITOR)
    report(visit, claims(), "booth", door="report", about="actors.genethon")
    [found] = proposals.list_page(full_store, OPERATOR).proposals
    assert (found.proposal.message, found.proposal.who) == ("Déménagé en 2024", "")
