"""The pages of `/ogc/`: in the reader's language, with links that lead on, and a map of what is on the page."""

from __future__ import annotations

import gzip
import html
import re

import pytest

from biocarto.export.collections.library import NAMES
from tests.support.asgi import ask
from tests.support.ogc import ROOT, build_app, get, read

_HREF = re.compile(r'(?:href|src|data-features)="(http://localhost:8501/ogc[^"]*)"')


def _open(path: str) -> str:
    answer = get(path)
    assert answer.status == 200
    return answer.body.decode()


def test_every_link_of_every_page_leads_somewhere() -> None:
    """From the landing page on, as far as features."""
    seen, todo = set(), {"/?f=html"}
    while todo:
        path = todo.pop()
        seen.add(re.sub(r"items/[^?]*", "items/…", path))
        answer = get(path)
        assert answer.status == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            found = {html.unescape(link).removeprefix(ROOT) for link in _HREF.findall(answer.body.decode())}
            todo |= {link for link in found if re.sub(r"items/[^?]*", "items/…", link) not in seen and len(seen) < 120}
    assert {f"/collections/{name}/items?f=html" for name in NAMES} <= seen


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "path", ["/", "/collections", "/collections/actors", "/collections/communes/items", "/collections/actors/items/genethon"]
)
def test_a_page_is_in_one_language(path: str, lang: str) -> None:
    """And leads to the other."""
    page = _open(f"{path}?f=html&lang={lang}")
    assert f'<html lang="{lang}">' in page
    assert f"lang={'en' if lang == 'fr' else 'fr'}" in page


def test_the_map_shows_the_features_of_the_page() -> None:
    """The script reads the same question as GeoJSON."""
    page = _open("/collections/actors/items?f=html&kind=incubator")
    features = html.unescape(re.search(r'data-features="([^"]*)"', page)[1])  # type: ignore[index]
    document = read(features.removeprefix(ROOT))
    assert document["numberReturned"] == document["numberMatched"] == len(read("/collections/actors/items?kind=incubator")["features"])
    script = re.search(r'<script defer src="([^"]*/map-[0-9a-f]{8}\.js)"', page)[1]  # type: ignore[index]
    answer = get(script.removeprefix(ROOT))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in answer.headers["cache-control"]
    packed = get(script.removeprefix(ROOT), accept_encoding="gzip")
    assert gzip.decompress(packed.body) == answer.body
    assert get(script.removeprefix(ROOT), if_none_match=answer.headers["etag"]).status == 304
    assert get(script.removeprefix(ROOT), "HEAD").headers == answer.headers


def test_a_feature_without_a_position_has_no_map() -> None:
    """Paris, arrondissement unknown."""
    assert 'id="map"' not in _open("/collections/actors/items/aavlife?f=html")
    assert 'id="map"' in _open("/collections/actors/items/genethon?f=html")


def test_a_page_has_no_script_of_its_own() -> None:
    """The policy of the pages allows files of ours alone."""
    for path in ("/", "/collections/actors/items", "/collections/actors/items/genethon"):
        assert re.findall(r"<script(?![^>]* src=)|\son\w+=|javascript:", _open(f"{path}?f=html")) == []


def test_codes_are_words_on_a_page() -> None:
    """And numbers are as people write them, years as they are."""
    page = _open("/collections/actors/items/genethon?f=html&lang=en")
    assert "Gene therapy" in page
    assert "2,103,778" in _open("/collections/communes/items/75056?f=html&lang=en")


def test_pages_turn() -> None:
    """Both ways, with the question kept."""
    page = _open("/collections/communes/items?f=html&department_code=77&offset=100")
    turns = [html.unescape(link) for link in re.findall(r'<a rel="(?:prev|next)" href="([^"]*)"', page)]
    assert [re.search(r"offset=(\d+)", link)[1] for link in turns] == ["0", "200"]  # type: ignore[index]
    assert all("department_code=77" in link for link in turns)


def test_a_page_below_a_base_path_finds_its_files() -> None:
    """Where the app lives below one."""
    page = ask(build_app("/carto"), "/carto/ogc/collections/actors/items?f=html").body.decode()
    assert re.search(r'src="http://localhost:8501/carto/assets/leaflet-', page)
