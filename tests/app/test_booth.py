"""The stand without a browser: every room in both languages, its address, what it keeps, forgets and refuses."""

from __future__ import annotations

import re
import sqlite3
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.booth import needs, needs_desk, needs_store, pin, shortlist
from biocarto.booth.limits import PER_MINUTE, PER_VISIT, Limits
from biocarto.booth.needs import Need
from biocarto.render import html
from biocarto.ui.booth import need_form, state
from biocarto.ui.shared import cache
from tests.support.pages import opened, words

THREE = ["genethon", "abivax", "yposkesi"]


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A file of needs and a guard of its own for each test; the settings are read anew."""
    monkeypatch.setenv("BIOCARTO_NEEDS", str(tmp_path / "needs.sqlite"))
    monkeypatch.setattr(pin, "_GUARDS", {})
    monkeypatch.setattr(need_form, "LIMITS", Limits())
    cache.settings.clear()
    yield tmp_path / "needs.sqlite"
    cache.settings.clear()


def stand(monkeypatch: pytest.MonkeyPatch, *, door: str = "", env: dict[str, str] | None = None, **params: str | list[str]) -> AppTest:
    """The stand at an address, with settings of its own."""
    for name, value in (env or {}).items():
        monkeypatch.setenv(f"BIOCARTO_{name}", value)
    cache.settings.clear()
    return opened("booth", **({"door": door} if door else {}), **params)


def tap(app: AppTest, key: str) -> AppTest:
    """Touch a button and see what follows."""
    return app.button(key=key).click().run()


def keys(app: AppTest) -> list[str]:
    """Every button by its key."""
    return [str(button.key) for button in app.button]


def asked(app: AppTest) -> dict[str, list[str]]:
    """The address, each name with all its values."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in app.query_params.items()}


def rows_of(app: AppTest) -> list[tuple[str, str, str]]:
    """Id, kind and kilometres of each row, as a program reads them."""
    return re.findall(r'data-id="([^"]+)" data-kind="([^"]+)"(?: data-km="([\d.]+)")?', words(app))


STATES: dict[str, dict[str, str | list[str]]] = {
    "survey": {"door": "survey"},
    "an actor": {"door": "survey", "actor": "genethon"},
    "a former id": {"door": "survey", "actor": "centre-meary"},
    "a place": {"door": "survey", "place": "site-genopole"},
    "tour": {"door": "tour"},
    "a stage": {"door": "tour", "stage": "stage-6"},
    "near": {"door": "near"},
    "a department": {"door": "near", "department": "91"},
    "an empty place": {"door": "near", "near": "77001"},
    "a town": {"door": "near", "near": "94076"},
    "spelling a town": {"door": "near", "by": "search", "q": "vill"},
    "who": {"door": "who"},
    "a modality": {"door": "who", "modality": "rna"},
    "the alphabet": {"door": "who", "by": "letter"},
    "a letter": {"door": "who", "letter": "G"},
    "a word": {"door": "who", "by": "search", "q": "vecteur"},
    "networks": {"door": "networks", "scale": "regional"},
    "a cluster": {"door": "networks", "cluster": "medicen"},
    "a network": {"door": "networks", "network": "bioman4r2"},
    "a member": {"door": "networks", "member": "biocat"},
    "a city": {"door": "networks", "place": "FR-Paris"},
    "nothing kept": {"door": "kept"},
    "three kept": {"door": "kept", "keep": THREE},
    "a need": {"door": "need", "say": ["cdmo"], "territory": "department-91"},
    "a need in one's own words": {"door": "need", "by": "write", "say": ["cdmo"], "words": "<b>Un automate</b>"},
    "staff": {"door": "staff"},
    "nonsense": {"door": "cellar", "actor": "nobody", "keep": ["<b>x</b>"], "near": "0", "modality": "x", "page": "99"},
    "a page beyond the last": {"door": "survey", "page": "99"},
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("params", STATES.values(), ids=STATES)
def test_a_room_runs_in_both_languages(params: dict[str, str | list[str]], lang: str) -> None:
    """No exception, no error box, one title, and no link to another site."""
    app = opened("booth", lang=lang, **params)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert not re.search(r"<a\s|https?://[^<]*\"", words(app))
    assert not app.get("page_link")
    assert not app.get("download_button")


def test_five_doors_and_a_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each door opens its room; the way back leads home, and undoes one step at a time on the way."""
    app = stand(monkeypatch, door="home")
    assert [key for key in keys(app) if key.startswith("tile-doors")] == [f"tile-doors-{door}" for door in state.ENTRY_SCREENS]
    tap(app, "tile-doors-near")
    tap(app, "tile-department-91")
    tap(app, "tile-town-91228")
    assert asked(app)["near"] == ["91228"]
    tap(app, "booth-back")
    assert asked(app) == {"door": ["near"], "department": ["91"]}
    tap(app, "booth-back")
    tap(app, "booth-back")
    assert asked(app) == {"door": ["home"]}


def test_what_the_tour_is_stands_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four figures with their sources and a sentence, before any stage is touched; a tap on one opens its sheet."""
    app = stand(monkeypatch, door="tour")
    told = words(app)
    assert all(figure in told for figure in ("50+", "3\u202f000+", "11 autour de Medicen", "11 régions visitées"))
    assert "À l'initiative de Medicen" in " ".join(text.value for text in app.markdown)
    tap(app, "tile-stage-stage-6")
    assert 'class="bc-figure"' not in words(app)
    assert "Étape Île-de-France" in words(app)


def test_each_door_has_a_picture_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five drawings, none of which asks for anything."""
    rule = r"\.st-key-tile-doors-(\w+) button {[^}]*data:image/svg\+xml;base64,([\w+/=]+)"
    found = {door: b64decode(drawing).decode() for door, drawing in re.findall(rule, words(stand(monkeypatch, door="home")))}
    assert list(found) == list(state.ENTRY_SCREENS)
    assert len(set(found.values())) == len(state.ENTRY_SCREENS)
    assert all(drawing.startswith("<svg") for drawing in found.values())
    assert not any(re.search(r"href|url\(|<image|<script|@import", drawing) for drawing in found.values())


def test_the_nearest_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Villejuif: its own actors first, their distance in the tile."""
    app = stand(monkeypatch, door="near", near="94076")
    told = [km for *_, km in rows_of(app)]
    assert told[0] == ""  # in Villejuif itself
    far = [float(km) for km in told if km]
    assert far
    assert far == sorted(far)


def test_a_town_is_found_by_its_first_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accents apart; a tap answers and leaves the keys."""
    app = stand(monkeypatch, door="near", by="search", q="evry")
    tap(app, "tile-town-91228")
    assert asked(app) == {"door": ["near"], "near": ["91228"], "here": ["91228"]}


def test_where_a_visitor_is_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Known in every room from then on, until they take it back, ask for another place, or have gone."""
    app = stand(monkeypatch, door="near", department="91")
    tap(app, "tile-town-91228")
    tap(app, "booth-home")
    tap(app, "tile-doors-near")
    assert "Évry-Courcouronnes</h2>" in words(app)
    tap(app, "booth-back")
    assert asked(app) == {"door": ["home"], "here": ["91228"]}
    tap(app, "tile-doors-who")
    tap(app, "tile-modality-gene_therapy")
    tap(app, "tile-where-here")
    assert asked(app)["near"] == ["91228"]
    assert all(km for *_, km in rows_of(app))
    tap(app, "tile-where-here")
    assert "near" not in asked(app)
    tap(app, "booth-home")
    tap(app, "tile-doors-near")
    tap(app, "booth-move")
    assert asked(app) == {"door": ["near"]}
    assert "<h2>Où êtes-vous" in words(app)


def test_a_point_of_the_map_is_told_by_its_commune(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers say nothing to a visitor; outside of the region there is nothing better."""
    assert "Villejuif</h2>" in words(stand(monkeypatch, door="near", near="48.79300,2.36000"))
    assert "45.76400, 4.83500</h2>" in words(stand(monkeypatch, door="near", near="45.76400,4.83500"))


def test_who_holds_the_stand_is_told_in_every_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Logo and event as given, the event as text; nothing where neither is."""
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>", encoding="utf-8")
    assert "class='bc-host'" not in words(stand(monkeypatch, door="kept"))
    told = words(stand(monkeypatch, door="kept", env={"BOOTH_EVENT": "Congrès <b>", "BOOTH_LOGO": str(logo)}))
    assert "<p>Congrès &lt;b&gt;</p><img src='data:image/svg+xml;base64," in told


def test_an_empty_list_says_where_to_fill_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four doors, each with its picture; a tap opens one."""
    app = stand(monkeypatch, door="kept")
    assert [key for key in keys(app) if key.startswith("tile-doors")] == [
        "tile-doors-near",
        "tile-doors-who",
        "tile-doors-networks",
        "tile-doors-survey",
    ]
    tap(app, "tile-doors-who")
    assert asked(app) == {"door": ["who"]}


def test_actors_are_kept_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of keeping, through other rooms; twenty at most, and the sheet says so."""
    app = stand(monkeypatch, door="survey", actor="genethon")
    tap(app, "keep")
    tap(app, "booth-home")
    assert asked(app)["keep"] == ["genethon"]
    app.query_params["keep"] = THREE
    app.query_params["door"] = "kept"
    tap(app.run(), "drop-abivax")
    assert asked(app)["keep"] == ["genethon", "yposkesi"]
    twenty = list(cache.load_catalogue().actors.index[:20])
    full = stand(monkeypatch, door="survey", actor="genethon", keep=twenty)
    assert "keep" not in keys(full)
    assert "20 acteurs" in words(full)


def test_the_code_is_a_link_or_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a base address only the text; with one both, the link first."""
    assert not [key for key in keys(stand(monkeypatch, door="kept", keep=THREE)) if key.startswith("tile-code")]
    app = stand(monkeypatch, door="kept", keep=THREE, env={"BOOTH_URL": "https://biocarto.example"})
    assert "ouvrent sur le site" in words(app)
    tap(app, "tile-code-text")
    assert "3 acteurs, lus sans réseau" in words(app)
    assert "1 acteur s'ouvre sur le site" in unescape(words(stand(monkeypatch, door="kept", keep=THREE[:1])))


def test_what_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Actors beyond twenty are counted; those that a code has no room for are named."""
    ids = list(cache.load_catalogue().actors.index[:23])
    app = stand(monkeypatch, door="kept", keep=ids)
    assert "3 acteurs de plus ne tiennent pas" in words(app)
    left = shortlist.encode_text(ids[:20], cache.load_catalogue()).left
    assert bool(left) == ("Ne tiennent pas dans ce code" in words(app))
    assert all(str(cache.load_catalogue().actors.at[actor, "name"]) in words(app) for actor in left)


def test_the_directory_opens_a_kept_list() -> None:
    """Exactly those, in their order, historic ones included, whatever else is asked; one button leads to all actors."""
    app = opened("directory", keep=["genethon", "aavlife", "nobody"], q="nothing of the kind", category="techproviders")
    assert not app.exception
    assert "2 acteurs gardés au stand" in words(app)
    assert any("nobody" in notice.value for notice in app.warning)
    assert [key for key in keys(app) if key.startswith("open-")] == ["open-genethon", "open-aavlife"]
    app.query_params.pop("q")
    tap(app, "leave-kept")
    assert "keep" not in app.query_params
    assert "gardés au stand" not in words(app)


def heard(path: Path) -> tuple[Need, ...]:
    """Every need of the file."""
    return needs.list_needs(path)


def test_a_need_is_stored(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Sentences and own words, category, territory; the form is empty afterwards."""
    app = stand(monkeypatch, door="need")
    for key in ("tile-say-cdmo", "tile-say-people", "tile-category-bioproduction", "tile-territory-department-91"):
        tap(app, key)
    tap(app, "tile-by-write")
    app.text_area[0].set_value("Pour 2027").run()
    tap(app, "booth-send")
    (stored,) = heard(own_settings)
    assert stored.text == "Trouver un fabricant pour un lot clinique\nRecruter ou former\nPour 2027"
    assert (stored.category, stored.level, stored.territory) == ("bioproduction", "department", "91")
    assert "numéro 1" in app.success[0].value
    assert asked(app) == {"door": ["need"]}
    assert tap(app, "tile-by-write").text_area[0].value == ""


def test_own_words_outlast_their_field_and_a_reload(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """They stand in the address and beside the sentences, escaped; nothing of them is sent twice."""
    app = stand(monkeypatch, door="need", by="write")
    app.text_area[0].set_value("Un <b>automate</b>").run()
    tap(app, "tile-by-choose")
    assert not app.text_area
    assert "Un &lt;b&gt;automate&lt;/b&gt;" in words(app)
    again = stand(monkeypatch, door="need", **{"words": asked(app)["words"]})
    tap(again, "booth-send")
    assert [need.text for need in heard(own_settings)] == ["Un <b>automate</b>"]
    assert "words" not in again.query_params
    assert "Merci" in again.success[0].value
    assert not tap(again, "tile-say-cdmo").success


def test_thanks_outlast_another_run_and_end_with_the_next_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A touch on a language takes no acknowledgement away, and it is said in that language; leaving the room does."""
    app = tap(stand(monkeypatch, door="need", say="cdmo"), "booth-send")
    assert "Merci" in app.success[0].value
    tap(app, "booth-en")
    assert "Thank you" in app.success[0].value
    tap(app, "tile-category-bioproduction")
    assert not app.success
    tap(app, "tile-category-bioproduction")
    assert app.success
    tap(app, "booth-home")
    assert not tap(app, "booth-need").success


def test_an_empty_need_is_refused(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Said in words, nothing stored."""
    app = tap(stand(monkeypatch, door="need", lang="en"), "booth-send")
    assert "empty" in app.error[0].value
    assert heard(own_settings) == ()


def test_a_full_disk_is_said_and_the_words_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """`/dev/full` takes nothing: the page says so, and keeps what was written."""
    app = stand(monkeypatch, door="need", by="write", env={"NEEDS": "/dev/full/needs.sqlite"})
    app.text_area[0].set_value("Un automate").run()
    tap(app, "booth-send")
    assert not app.exception
    told = app.error[0].value.replace("\\", "")
    assert "Ce besoin n'est pas enregistré" in told
    assert "l'équipe du stand" in told
    assert "/dev/full" not in told
    assert app.text_area[0].value == "Un automate"


def test_the_staff_part_is_closed_without_a_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, and shows nothing of the needs."""
    app = stand(monkeypatch, door="staff")
    assert "BIOCARTO_BOOTH_PIN est vide" in words(app)
    assert not app.get("download_button")


def staff(monkeypatch: pytest.MonkeyPatch, **params: str) -> AppTest:
    """The part behind the PIN, opened."""
    app = stand(monkeypatch, door="staff", env={"BOOTH_PIN": "2468", "BOOTH_EVENT": "Congrès <b>", "BOOTH_ZONE": "Asia/Tokyo"}, **params)
    assert not app.get("download_button")
    app.session_state[state._STAFF] = True
    return app.run()


def test_staff_reads_the_needs(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """With place, event and local time, escaped; the way out goes to the first page and forgets that staff was here."""
    needs.add(own_settings, needs.build_need("<i>=1+1", "bioproduction", "department", "91", datetime(2026, 11, 30, 23, 5, tzinfo=UTC)))
    app = staff(monkeypatch)
    files = [button.proto for button in app.get("download_button")]
    assert [bool(file.deferred_file_id) and not file.url for file in files] == [True, True]  # nothing lies at a media address
    told = words(app)
    assert "&lt;i&gt;=1+1" in told
    assert "Bioproduction · Essonne" in told
    assert "30 nov. 2026, 23\u00a0h\u00a005" in told
    assert "Congrès &lt;b&gt;" in told
    tap(app, "booth-leave")
    assert state._STAFF not in app.session_state
    assert app.title[0].value == "Les biothérapies et la bioproduction, carte en main"


@pytest.mark.parametrize(("key", "title"), [("legal", "Mentions légales"), ("accessibility", "Déclaration d'accessibilité")])
def test_staff_reaches_what_the_law_asks_for(monkeypatch: pytest.MonkeyPatch, own_settings: Path, key: str, title: str) -> None:
    """A way out like the other one: a visitor who asks is shown it, and nobody is left behind the code."""
    app = staff(monkeypatch)
    tap(app, f"booth-{key}")
    assert state._STAFF not in app.session_state
    assert app.title[0].value == title


def test_a_need_knows_its_event_and_its_clocks(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Those of the settings, whatever the machine's."""
    app = stand(monkeypatch, door="need", env={"BOOTH_EVENT": "Bio Japan", "BOOTH_ZONE": "Asia/Tokyo"}, say="cdmo")
    tap(app, "booth-send")
    (stored,) = heard(own_settings)
    assert (stored.event, stored.utc_offset) == ("Bio Japan", 9 * 60)


def test_staff_works_through_the_needs(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Handled, deleted, each undone with one touch; erased for good with two."""
    first, second = (needs.add(own_settings, needs.build_need(text)) for text in ("un", "deux"))
    app = staff(monkeypatch)
    tap(app, f"handle-{first.seq}")
    assert [found.handled != "" for found in heard(own_settings)] == [True, False]
    assert "n°\u00a01 est traité" in words(app)
    tap(app, "booth-undo")
    assert [found.handled for found in heard(own_settings)] == ["", ""]
    tap(app, f"delete-{second.seq}")
    assert "deux" not in words(app)
    tap(app, "tile-state-deleted")
    assert asked(app)["state"] == ["deleted"]
    assert "deux" in words(app)
    tap(app, "booth-undo")
    assert heard(own_settings) == (first, second)
    needs_desk.set_deleted(own_settings, second.id, datetime.now(UTC))
    tap(app.run(), "booth-erase")
    assert len(heard(own_settings)) == 2
    tap(app, "booth-erase-no")
    tap(tap(app, "booth-erase"), "booth-erase-yes")
    assert heard(own_settings) == (first,)
    assert "booth-undo" not in keys(app)


def test_staff_turns_pages(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """The newest first; a page that no longer is there is the last."""
    for number in range(2 * needs_desk.PER_PAGE + 1):
        needs.add(own_settings, needs.build_need(f"besoin {number}"))
    app = staff(monkeypatch)
    assert "besoin 40" in words(app)
    tap(app, "booth-oldest")
    assert asked(app)["page"] == ["3"]
    assert "besoin 0<" in words(app)
    assert app.button(key="booth-after").disabled
    tap(app, "booth-before")
    tap(app, "booth-newest")
    assert "page" not in asked(app)
    assert "besoin 0<" in words(staff(monkeypatch, page="99"))
    assert "besoin 40" in words(staff(monkeypatch, page="²"))


def test_a_change_that_fails_is_said(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Another program holds the file: nothing is changed, and the page says so."""
    new = needs.add(own_settings, needs.build_need("un"))
    monkeypatch.setattr(needs_store, "PATIENCE", 0.05)
    app = staff(monkeypatch)
    holder = sqlite3.connect(own_settings, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    tap(app, f"delete-{new.seq}")
    holder.close()
    assert "tels qu'avant" in app.error[0].value.replace("\\", "")
    assert heard(own_settings) == (new,)


def test_a_flood_of_needs_ends(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Ten of one visit, thirty of all in a minute; the words of the one too many stay on screen."""
    app = stand(monkeypatch, door="need")
    for number in range(PER_VISIT + 1):
        tap(app, "tile-say-cdmo")
        tap(app, "booth-send")
        assert bool(app.error) == (number == PER_VISIT)
    assert "peu de temps" in app.error[0].value
    assert asked(app)["say"] == ["cdmo"]
    assert len(heard(own_settings)) == PER_VISIT
    for _ in range(PER_MINUTE):
        tap(stand(monkeypatch, door="need", say="cdmo"), "booth-send")
    assert len(heard(own_settings)) == PER_MINUTE


def test_a_public_server_takes_no_need(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Neither form nor staff part, until its operator says so."""
    public = {"PUBLIC_URL": "https://biocarto.example", "BOOTH_PIN": "2468"}
    for door in ("need", "staff"):
        app = stand(monkeypatch, door=door, env=public, say="cdmo")
        assert "booth-send" not in keys(app)
        assert "stand est fermé" in app.title[0].value
    tap(stand(monkeypatch, door="need", env={"BOOTH": "1"}, say="cdmo"), "booth-send")
    assert len(heard(own_settings)) == 1


@pytest.mark.parametrize("way_out", ["booth-home", "booth-back", "booth-list"])
def test_staff_who_go_to_the_doors_lock_their_part(monkeypatch: pytest.MonkeyPatch, way_out: str) -> None:
    """The next visitor who touches "Équipe" is asked for the PIN."""
    app = stand(monkeypatch, door="staff", env={"BOOTH_PIN": "2468"})
    app.session_state[state._STAFF] = True
    app.run()
    assert app.get("download_button")
    tap(app, way_out)
    app.query_params["door"] = "staff"
    app.run()
    assert not app.get("download_button")
    assert "<h2>Code de" in words(app)


def test_the_way_back_from_the_list_leads_where_it_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at the list costs nobody the place in a room; what was let go there stays let go."""
    app = stand(monkeypatch, door="who", modality="rna", actor="genethon", keep=THREE)
    tap(app, "booth-list")
    assert asked(app) == {"door": ["kept"], "keep": THREE}
    tap(app, "drop-abivax")
    tap(app, "booth-back")
    assert asked(app) == {"door": ["who"], "modality": ["rna"], "actor": ["genethon"], "keep": ["genethon", "yposkesi"]}
    assert asked(tap(stand(monkeypatch, door="kept", keep=THREE), "booth-back"))["door"] == ["home"]


def test_needs_that_cannot_be_read_are_said(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    """Another program's file: no exception, no empty list that would look like no needs."""
    own_settings.write_bytes(b"not a database, but long enough to be taken for one" * 40)
    app = stand(monkeypatch, door="staff", env={"BOOTH_PIN": "2468"})
    app.session_state[state._STAFF] = True
    app.run()
    assert not app.exception
    assert app.error
    assert not app.get("download_button")


def test_links_are_labels_inside_and_links_after() -> None:
    """The flag ends with its block, even when that fails."""
    linked = html.render_link("https://example.org", "page")
    with html.suppress_links():
        assert html.render_link("https://example.org", "page<") == "page&lt;"
    with pytest.raises(KeyError), html.suppress_links():
        raise KeyError
    assert html.render_link("https://example.org", "page") == linked


def test_near_me_is_narrowed_by_what(monkeypatch: pytest.MonkeyPatch) -> None:
    """A touch narrows, a second one widens again, and the way back leaves the place for last."""
    app = stand(monkeypatch, door="near", near="91228")
    tap(app, "tile-what-role-makes")
    assert asked(app) == {"door": ["near"], "near": ["91228"], "role": ["makes"]}
    found = rows_of(app)
    assert "yposkesi" in {key for key, *_ in found}
    assert "polytheragene" not in {key for key, *_ in found}
    assert {key: km for key, _, km in found}["yposkesi"]
    tap(app, "booth-back")
    assert asked(app) == {"door": ["near"], "near": ["91228"]}


def test_who_does_what_is_narrowed_by_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """The departments stand below the subject, each with its number."""
    app = stand(monkeypatch, door="who", role="makes")
    number = int(app.button(key="tile-where-department-91").label.rpartition(" ")[2])
    tap(app, "tile-where-department-91")
    assert asked(app) == {"door": ["who"], "role": ["makes"], "department": ["91"]}
    assert sum(kind != "national_site" for _, kind, _ in rows_of(app)) == number
    tap(app, "booth-back")
    assert asked(app) == {"door": ["who"], "role": ["makes"]}


def test_a_question_is_typed_on_the_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Place, role and subject in one: the maker first, then the others, with their distance."""
    app = stand(monkeypatch, door="who", by="search", q="qui fabrique des vecteurs viraux près d'evry")
    found = rows_of(app)
    assert found[0][:2] == ("yposkesi", "company")
    assert float(found[0][2]) <= 10
    nation = stand(monkeypatch, door="who", by="search", q="cdmo toulouse")
    assert {kind for _, kind, _ in rows_of(nation)} == {"national_site"}


def test_an_empty_answer_of_the_stand_offers_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """No dead end: an offer leads to rows."""
    app = stand(monkeypatch, door="who", by="search", q="cro anticorps à 15 km de villejuif")
    assert rows_of(app) == []
    tap(app, "suggestion-0")
    assert rows_of(app)
