"""The door of the desk with a real provider of identities on this machine: in, not invited, invited, removed, out, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from biocarto.desk.identity import Identity, recognise
from biocarto.desk.members import OPERATOR
from biocarto.desk.rights import Role
from biocarto.desk.team import add_from_command_line, invite, list_members, remove
from biocarto.store.database import Store
from tests.browser.access import expect_no_violations
from tests.browser.conftest import NewPage
from tests.browser.provider import Provider
from tests.browser.servers import Serve
from tests.browser.waiting import opened, settled
from tests.browser.whole import check
from tests.support.team import make_store


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """Who vouches for Ada and Bob, and not for the address of Eve."""
    started = Provider(tmp_path_factory.mktemp("provider") / "log.txt")
    know_all(started)
    yield started
    started.stop()


def know_all(provider: Provider) -> None:
    """The people of these tests: a provider forgets them when it ends."""
    for name in ("ada", "bob", "cleo"):
        provider.know(name)
    provider.know("eve", email_verified=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store of the desk."""
    return make_store(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def desk(serve: Serve, provider: Provider, store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a desk that one signs in to."""
    secrets = provider.write_secrets(tmp_path_factory.mktemp("secrets") / "secrets.toml")
    return f"{serve({'BIOCARTO_STORE': store.name, 'STREAMLIT_SECRETS_FILES': str(secrets)})}/atelier"


def signed_in(store: Store) -> dict[str, bool]:
    """Address -> whether an account is bound to it."""
    return {member.mail: member.signed_in for member in list_members(store, OPERATOR)}


def sign_in(page: Page, desk: str, name: str) -> Page:
    """From the desk to the provider and back."""
    opened(page, desk)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_placeholder("sub").fill(name)
    [asked] = [cookie for cookie in page.context.cookies() if cookie["name"] == "_streamlit_session"]
    assert (asked["httpOnly"], asked["sameSite"]) == (True, "Lax")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{desk}**")
    return settled(page)


def test_a_member_comes_and_goes(page: Page, desk: str, store: Store, provider: Provider) -> None:
    """Not invited: the page says so. Invited: the role. Signed out: nobody, at the provider too. No script reads the cookies."""
    sign_in(page, desk, "ada")
    expect(page.get_by_text("n'est pas invitée")).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    for name in ("_streamlit_user", "_streamlit_user_tokens"):
        assert (cookies[name]["httpOnly"], cookies[name]["sameSite"]) == (True, "Lax")
    invite(store, OPERATOR, "ada@pole.example", "Ada L.", Role.EDITOR)
    opened(page, desk)
    expect(page.locator(".st-key-desk-bar")).to_contain_text("Ada L. · Éditeur")
    assert signed_in(store)["ada@pole.example"]
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{provider.issuer}/oauth2/end_session**")
    page.get_by_role("button").first.click()
    page.wait_for_url(desk)
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    assert "_streamlit_user" not in {cookie["name"] for cookie in page.context.cookies()}
    check(page)


def test_a_member_who_is_removed_writes_nothing_more(page: Page, desk: str, store: Store, provider: Provider) -> None:
    """With the form still on screen, and the cookie still good."""
    invite(store, OPERATOR, "bob@pole.example", "Bob", Role.ADMINISTRATOR)
    sign_in(page, desk, "bob")
    opened(page, f"{desk}?vue=equipe")
    page.get_by_label("Adresse de messagerie", exact=True).fill("friend@pole.example")
    add_from_command_line(store, "cleo@pole.example", "administrator", "Cléo")
    remove(store, OPERATOR, recognise(store, Identity(provider.issuer, "bob", "", False)).id)
    page.get_by_role("button", name="Inviter").click()
    expect(page.get_by_text("n'est pas invitée")).to_be_visible()
    assert "friend@pole.example" not in signed_in(store)


def test_the_team_is_kept_by_keyboard(new_page: NewPage, desk: str, store: Store) -> None:
    """On a phone: an invitation without a pointer, nothing too wide, and axe finds nothing."""
    page = new_page(width=390, height=844)
    add_from_command_line(store, "cleo@pole.example", "administrator", "Cléo")
    sign_in(page, desk, "cleo")
    opened(page, f"{desk}?vue=equipe")
    page.get_by_label("Adresse de messagerie", exact=True).focus()
    page.keyboard.type("dan@pole.example")
    page.keyboard.press("Enter")
    expect(page.get_by_text("peut maintenant se connecter")).to_be_visible()
    assert signed_in(store)["dan@pole.example"] is False
    settled(page)
    check(page)
    expect_no_violations(page)


def test_an_address_that_is_not_confirmed_opens_nothing(page: Page, desk: str, store: Store) -> None:
    """Invited or not."""
    add_from_command_line(store, "eve@pole.example", "editor")
    sign_in(page, desk, "eve")
    expect(page.get_by_text("ne confirme pas")).to_be_visible()
    assert signed_in(store)["eve@pole.example"] is False


def test_who_gives_up_reads_that_nothing_happened(page: Page, desk: str) -> None:
    """The provider says no, and the page says so in its own words."""
    opened(page, desk)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url(f"{desk}?connexion=refus")
    expect(page.get_by_text("n'a pas accepté la connexion")).to_be_visible()


def test_a_code_is_taken_once(new_page: NewPage, desk: str) -> None:
    """The address that led back, opened again by another browser or by the same one after a sign-out, signs nobody in."""
    page, thief = new_page(), new_page()
    led_back: list[str] = []
    page.on("request", lambda asked: "/oauth2callback?" in asked.url and led_back.append(asked.url))
    sign_in(page, desk, "ada")
    page.context.clear_cookies(name="_streamlit_user")
    for browser in (thief, page):
        opened(browser, led_back[0])
        expect(browser.get_by_text("La connexion n'a pas abouti")).to_be_visible()
        expect(browser.get_by_role("button", name="Se connecter")).to_be_visible()


def test_below_a_base_path_one_signs_in_as_well(
    page: Page, serve: Serve, provider: Provider, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The cookie is for that path alone."""
    secrets = provider.write_secrets(tmp_path_factory.mktemp("secrets") / "secrets.toml", "/carto")
    url = serve({"BIOCARTO_STORE": store.name, "STREAMLIT_SECRETS_FILES": str(secrets)}, base_path="carto")
    sign_in(page, f"{url}/atelier", "eve")
    expect(page.get_by_text("ne confirme pas")).to_be_visible()
    assert {cookie["path"] for cookie in page.context.cookies() if cookie["name"] == "_streamlit_user"} == {"/carto"}


def test_a_provider_with_a_name_is_asked_for_the_address(
    page: Page, serve: Serve, provider: Provider, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As docs/atelier.md sets ProConnect up: the claims of the question, its scopes, and how the person is asked."""
    more = (
        """client_kwargs = { scope = "openid email", prompt = "login" }\nauthorize_params = { claims = '{"id_token":{"email":null}}' }\n"""
    )
    secrets = provider.write_secrets(tmp_path_factory.mktemp("secrets") / "secrets.toml", section="[auth.proconnect]", more=more)
    url = serve({"BIOCARTO_STORE": store.name, "STREAMLIT_SECRETS_FILES": str(secrets)})
    opened(page, f"{url}/atelier")
    page.get_by_role("button", name="Se connecter par ProConnect").click()
    page.wait_for_url(f"{provider.issuer}/**")
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["claims"], asked["scope"], asked["prompt"]) == (['{"id_token":{"email":null}}'], ["openid email"], ["login"])


def test_a_provider_that_is_down_is_told_in_words(page: Page, desk: str, provider: Provider) -> None:
    """Before the sign-in; the other pages answer."""
    opened(page, desk)
    provider.stop()
    try:
        page.get_by_role("button", name="Se connecter").click()
        expect(page.get_by_text("Le fournisseur d'identité ne répond pas")).to_be_visible()
        opened(page, desk.replace("atelier", "sources"))
        expect(page.locator("h1").first).to_be_visible()
    finally:
        provider.start()
        know_all(provider)
