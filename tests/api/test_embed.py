"""What stands in pages of others: documents of ours, each with its own policy, and a refusal that fits in the frame."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import quote

import pytest

from biocarto.api.embed import embeds
from biocarto.config import Settings
from biocarto.register.catalogue import Catalogue
from biocarto.render.embedded import MOST_LISTED
from tests.support.asgi import Answer, ask
from tests.support.embeds import build_app

APP = build_app()
FRAMED = Settings(frame_ancestors="https://pole.example")
DOCUMENTS = ("map", "list", "bar", "actor/genethon", "actor?actor=genethon", "list/", "actor/genethon/")
HOSTILE = ("<script>alert(1)</script>", "%3Cscript%3E", "'\"><img src=x>", "../../etc/passwd", "a" * 5000, "%00", "\u202e")


def ask_embed(target: str, method: str = "GET", **headers: str) -> Answer:
    """The answer of an embed."""
    return ask(APP, f"/embed/{target}", method, **headers)


def read_data(answer: Answer) -> dict[str, object]:
    """What the script of a map reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', answer.body.decode(), re.DOTALL)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


@pytest.mark.parametrize("target", DOCUMENTS)
def test_every_embed_is_a_document_of_its_own(target: str) -> None:
    """With its title, one line that says whose it is and opens beside the page around it, and no script but files of ours."""
    answer = ask_embed(target)
    text = answer.body.decode()
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert re.search(r"<title>[^<]+ · BioCarto</title>", text)
    assert len(re.findall(r"<h1", text)) == 1
    foot = text[text.index("<footer>") :]
    assert "données du 28 novembre 2026" in foot
    assert all('target="_blank"' in link and "noopener" in link for link in re.findall(r"<a [^>]*>", text))
    assert all("src=" in script or 'type="application/json"' in script for script in re.findall(r"<script[^>]*>", text))


def test_only_files_of_ours_run_and_the_operator_says_who_may_frame() -> None:
    """The same setting as for the pages; nothing contradicts it."""
    closed, opened = ask_embed("map").headers, ask(build_app(FRAMED), "/embed/map").headers
    assert "script-src 'self';" in closed["content-security-policy"]
    assert closed["content-security-policy"].endswith("frame-ancestors 'self'")
    assert opened["content-security-policy"].endswith("frame-ancestors 'self' https://pole.example")
    assert "x-frame-options" not in closed


def test_an_answer_is_known_by_its_tag_and_may_come_packed() -> None:
    """304 where a browser has it, nothing for HEAD, gzip where it is taken."""
    answer = ask_embed("list")
    assert ask_embed("list", if_none_match=answer.headers["etag"]).status == 304
    head = ask_embed("list", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(answer.body)))
    assert gzip.decompress(ask_embed("list", accept_encoding="gzip").body) == answer.body


def test_the_language_and_the_theme_are_those_of_the_address() -> None:
    """What means nothing is told, and the reader's own stands instead."""
    english = ask_embed("list?lang=en&theme=dark").body.decode()
    assert '<html lang="en" data-scheme="dark"' in english
    assert "List of the actors" in english
    assert "theme = pink" in ask_embed("list?theme=pink").body.decode()


def test_a_map_has_the_places_and_words_of_its_question(register: Catalogue) -> None:
    """The layers of the page, with files at addresses that are right from where the document stands."""
    whole, part = read_data(ask_embed("map")), read_data(ask_embed("map?category=bioproduction"))
    sizes = [told["map"]["layers"][0]["payload"]["size"] for told in (whole, part)]  # type: ignore[index]
    assert sizes[0] > sizes[1] > 0
    assert whole["base"]["boundaries"]["region"].startswith("../assets/")  # type: ignore[index]
    looks = [told["map"]["layers"][1]["payload"]["bounds"] for told in (whole, part)]  # type: ignore[index]
    assert looks[0] is None
    assert looks[1]


def test_a_list_names_its_first_actors_and_leads_to_all() -> None:
    """Each name leads to its sheet; the question stands in words and in the link."""
    text = ask_embed("list?presence=x&kind=company&lang=en").body.decode()
    assert text.count("<li>") == MOST_LISTED
    assert re.search(r'<p class="rest"><a href="../annuaire\?kind=company&amp;lang=en"', text)
    assert "../annuaire?actor=" in text
    short = ask_embed("list?category=bioproduction").body.decode()
    assert 'class="rest"' not in short


def test_words_of_a_question_are_read_as_in_the_directory() -> None:
    """A role and a place of the search box count as such; what was typed is kept nowhere."""
    kept = len(embeds._documents)
    text = ask_embed("list?q=Genethon").body.decode()
    assert "Généthon" in text
    assert len(embeds._documents) == kept


def test_a_bar_names_survey_and_register_apart_and_takes_no_filter() -> None:
    """Both are of all companies, and say so to whoever asks for some, whatever was answered before."""
    assert "filtres" not in ask_embed("bar").body.decode()
    text = ask_embed("bar?category=bioproduction").body.decode()
    assert "Recensement mis à jour" in text
    assert "Répertoire public" in text
    assert "les filtres n'y changent rien" in text.replace("&#39;", "'")


@pytest.mark.parametrize("target", ["actor/nobody", "actor", "actor/", "card?actor=nobody", "card?place=nowhere"])
def test_what_is_not_there_is_said_in_a_frame_and_to_programs(target: str) -> None:
    """A small document in the language asked for; a problem for `f=json`."""
    framed = ask_embed(target)
    assert (framed.status, framed.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "script-src 'self'" in framed.headers["content-security-policy"]
    joint = "&" if "?" in target else "?"
    problem = ask_embed(f"{target}{joint}f=json")
    assert (problem.status, problem.headers["content-type"]) == (404, "application/problem+json")
    assert json.loads(problem.body)["detail_fr"]


@pytest.mark.parametrize("target", ["map", "list", "bar", "actor/genethon", "card?actor=genethon"])
def test_an_edition_that_is_not_there_is_a_wrong_parameter(target: str) -> None:
    """400 as at every door whose addresses name it after a question mark, in words that fit in the frame."""
    joint = "&" if "?" in target else "?"
    framed = ask_embed(f"{target}{joint}edition=1999-01-01")
    assert (framed.status, framed.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "1999-01-01" in framed.body.decode()
    assert ask_embed(f"{target}{joint}edition=1999-01-01&edition=latest").status == 200


def test_the_last_of_several_actors_is_shown() -> None:
    """As the last of several editions, languages and themes is."""
    answer = ask_embed("actor?actor=nobody&actor=genethon")
    assert (answer.status, "Généthon" in answer.body.decode()) == (200, True)


@pytest.mark.parametrize("kind", ["map", "list", "bar", "actor", "card"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_are_text_and_never_a_fault(kind: str, text: str) -> None:
    """In every parameter at once: never 500, and no tag of theirs in the document."""
    query = "&".join(
        f"{name}={quote(text)}" for name in ("kind", "q", "near", "area", "km", "etat", "actor", "place", "theme", "lang", "f")
    )
    answer = ask_embed(f"{kind}?{query}")
    assert answer.status in {200, 404}
    assert not re.search(rb"<script>|<img src=x", answer.body)


@pytest.mark.parametrize("base", ["", "/carto"])
def test_a_base_path_changes_no_address_of_the_document(base: str) -> None:
    """They are relative to it; whole ones begin with the public address."""
    app = build_app(Settings(public_url="https://biocarto.example/c"), base)
    text = ask(app, f"{base}/embed/actor/genethon").body.decode()
    assert 'href="../../embed/files/' in text
    assert 'href="../../annuaire?actor=genethon"' in text
    assert "https://biocarto.example/c/oembed?url=https%3A%2F%2Fbiocarto.example%2Fc%2Fembed%2Factor%2Fgenethon" in text


def test_scripts_and_styles_are_kept_for_ever_by_their_names() -> None:
    """Every file that a document names is there; the script of other people's pages stands at one address."""
    for name in re.findall(r"\.\./embed/files/([\w.-]+)", ask_embed("map").body.decode() + ask_embed("bar").body.decode()):
        answer = ask_embed(f"files/{name}")
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
    height = ask_embed("height.js")
    assert height.headers["content-type"].startswith("text/javascript")
    assert "max-age=3600" in height.headers["cache-control"]


def test_a_tap_gets_a_card_or_who_is_there(register: Catalogue) -> None:
    """An actor with its kind, place, source and the way to its sheet; a place with the names of the question."""
    card = ask_embed("card?actor=genethon").body.decode()
    assert "Généthon" in card
    assert "Fiche complète" in card
    place = str(register.actors.at["genethon", "place_id"])
    assert "Généthon" in ask_embed(f"card?place={place}").body.decode()


def test_a_document_is_made_once() -> None:
    """For each edition, choice, language and theme; whatever else the address says."""
    one, other = ask_embed("bar?utm=1"), ask_embed("bar?utm=2")
    assert one.headers["etag"] == other.headers["etag"]


@pytest.mark.parametrize("query", ["lang={}", "edition=latest&edition=&lang={}", "kind=company&kind=company&lang={}"])
def test_what_a_visitor_typed_is_kept_nowhere(query: str) -> None:
    """A language that there is not, a port of the host: whoever makes some up keeps one document, not the places of all others."""
    embeds._documents.forget()
    for n, typed in enumerate(("AAA", "BBB", "CCC")):
        assert ask_embed(f"list?{query.format(typed)}", host=f"localhost:{n + 1}").status == 200
    assert len(embeds._documents) == 1
    assert not any("AAA" in str(key) or "localhost" in str(key) for key in embeds._documents._entries)


def test_what_others_are_told_of_a_document_is_what_was_understood() -> None:
    """Its address for oEmbed stands below the public one, in one way."""
    app = build_app(Settings(public_url="https://biocarto.example"))
    text = ask(app, "/embed/list?lang=AAA&theme=auto&kind=company&kind=company&theme=dark").body.decode()
    assert "oembed?url=https%3A%2F%2Fbiocarto.example%2Fembed%2Flist%3Fkind%3Dcompany%26theme%3Ddark" in text
    assert "AAA" not in text
