"""How answers are sent: kept by their readers, compressed, without a body where only headers are asked for; of an older edition too."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from biocarto.api import answers
from biocarto.export.collections.collection import Bilingual
from biocarto.export.geojson import write_geojson
from biocarto.export.selection import select_actors
from tests.support.ogc import GEOJSON, OLDER, ROOT, build_app, get, list_ids, read
from tests.support.register import joined

ITEMS = "/collections/actors/items"


@pytest.mark.parametrize("path", ["/", "/conformance", "/api", "/collections", "/collections/actors", ITEMS, f"{ITEMS}/genethon"])
def test_what_a_reader_has_is_not_sent_again(path: str) -> None:
    """304 by the tag, which another question, form or language does not share."""
    first = get(path)
    tag = first.headers["etag"]
    again = get(path, if_none_match=f'"other", {tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert get(path, if_none_match='W/"other"').status == 200
    assert get(f"{path}?lang=en", if_none_match=tag).status == 200


def test_another_question_has_another_tag() -> None:
    """And what was wrongly asked is refused, whatever the reader has."""
    assert get(f"{ITEMS}?limit=1").headers["etag"] != get(f"{ITEMS}?limit=2").headers["etag"]
    assert get(f"{ITEMS}?limit=0", if_none_match="*").status == 400


@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/genethon"])
def test_what_is_written_otherwise_is_sent_again(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another title, or another version of the program, which may write links and words otherwise: the tag is another one."""
    first = get(path).headers["etag"]
    with monkeypatch.context() as patch:
        patch.setattr(Bilingual, "text", lambda names, _lang: f"{names.fr}, de nouveau")
        titled = get(path).headers["etag"]
    monkeypatch.setattr(answers, "__version__", "0.0.0")
    assert len({first, titled, get(path).headers["etag"]}) == 3


@pytest.mark.parametrize("path", ["/collections", ITEMS])
def test_answers_are_compressed_where_that_is_taken(path: str) -> None:
    """The same bytes, but for the time of the answer."""
    packed = get(path, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(get(path).body) / 3
    assert set(json.loads(gzip.decompress(packed.body))) == set(read(path))
    assert "content-encoding" not in get(path, accept_encoding="gzip;q=0").headers


@pytest.mark.parametrize(
    "path", ["/", "/collections", ITEMS, f"{ITEMS}/genethon", f"{ITEMS}?limit=0", "/collections/nothing", f"{ITEMS}?f=html"]
)
def test_head_is_get_without_a_body(path: str) -> None:
    """The same status and headers."""
    whole, head = get(path), get(path, "HEAD")
    assert (head.status, head.body) == (whole.status, b"")
    assert head.headers == whole.headers


def test_what_never_changes_may_be_kept() -> None:
    """A named edition for an hour; the newest is asked about each time."""
    assert get(ITEMS).headers["cache-control"] == "no-cache"
    assert get(f"{ITEMS}?edition={OLDER}").headers["cache-control"] == "public, max-age=3600"
    assert get(ITEMS).headers["vary"] == "Accept, Accept-Language, Accept-Encoding"


def test_an_older_edition_is_read_by_its_name() -> None:
    """Its features, and its name in every link that leads on."""
    document = read(f"{ITEMS}?edition={OLDER}&limit=4")
    assert document["numberMatched"] == 10
    assert all(f"edition={OLDER}" in link["href"] for link in document["links"])
    assert all(f"edition={OLDER}" in link["href"] for link in read(f"/?edition={OLDER}")["links"])
    assert list_ids(f"{ITEMS}?edition={joined().edition}") == list_ids(f"{ITEMS}?edition=latest") == list(joined().actors.index)


def test_an_edition_that_there_is_not_is_refused_with_those_there_are() -> None:
    """In words."""
    assert OLDER in read(f"{ITEMS}?edition=2000-01-01", 400)["detail"]


def test_a_former_id_leads_to_today_s() -> None:
    """As the pages do."""
    former, today = next(iter(joined().redirects.items()), ("", ""))
    answer = get(f"{ITEMS}/{former}?f=json")
    assert former
    assert (answer.status, answer.headers["location"]) == (308, f"{ROOT}{ITEMS}/{today}?f=json")


def test_actors_are_as_their_download_has_them() -> None:
    """The same columns with the same cells, in the same order."""
    from_file = _read_download()
    features = read(f"{ITEMS}?limit=10000")["features"]
    assert [feature["properties"] for feature in features] == [feature["properties"] for feature in from_file]
    assert [feature["geometry"] for feature in features] == [feature["geometry"] for feature in from_file]


def _read_download() -> list[dict[str, object]]:
    selection = select_actors(joined().actors, joined(), filters=(), link="", made=date(2026, 1, 1), lang="fr")
    found: list[dict[str, object]] = json.loads(write_geojson(selection))["features"]
    return found


def test_the_language_is_the_reader_s() -> None:
    """Titles and columns in words; what features hold is the same."""
    french, english = read("/collections/actors?lang=fr"), read("/collections/actors?lang=en")
    assert french["title"] != english["title"]
    assert get("/collections/actors", accept_language="en-GB").headers["content-language"] == "en"
    assert get(ITEMS, accept="*/*").headers["content-type"] == GEOJSON


def test_only_reading_is_served() -> None:
    """405 with what is, without the guard of the server before it."""
    answer = get(ITEMS, "POST")
    assert answer.status == 405
    assert "GET" in answer.headers["allow"]
    assert build_app().routes
