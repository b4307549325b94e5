"""Tables full of names that try to run, and a check that none did."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from biocarto import config
from biocarto.register import tables as catalogue
from biocarto.territory import territory
from tests import builders

SETTINGS = config.Settings()
CATEGORIES = ("biotherapies", "techproviders")
POSITIONS = ("street", "in_street")
"""What the first actors' own points are."""
PAGES = ("", "ile-de-france", "bioproduction-tour", "reseaux", "sources")

RUN = "window.__pwned=1"
OUTSIDE = f"**gras** [x](javascript:{RUN}) ![y](https://outside.example/y.png) :red[z] $x^2$"
NAMES = (
    f'<img src=x onerror="{RUN}">',
    f"</script><script>{RUN}</script>",
    f"${{{RUN}}} `${{{RUN}}}` `+({RUN})+`",
    "{{7*191}} {% raw %} {# note #} {{ config }}",
    "=cmd|'/C calc'!A0",
    "@SUM(1;2) - 'deux' \"trois\"",
    "_a1b2 map_div_c3d4 feature_group_0123456789abcdef",
    f"\\u003cimg src=x onerror={RUN}\\u003e \\x3cb\\x3e \\",
    OUTSIDE,
    f"javascript:{RUN}//<!-- --> ]]> &lt;b&gt; &amp;",
    "Société à nom interminable " + "x" * 123,
    f"'\"><svg/onload={RUN}> <b>gras</b>",
    "A -- B -> C <- D :material/home: :smile: (c) www.example.org",
)
ACTIVITY = f'Vecteurs <b>AAV</b> <iframe srcdoc="<script>parent.{RUN[7:]}</script>"></iframe> **{{{{7*191}}}}** ${{{RUN}}}'
SITE = f"**Campus** [x](javascript:{RUN}) <i>n° 1</i> ![y](https://outside.example/y.png) :red[z] _a1b2"
TITLE = f"<u>Page</u> {{{{7*191}}}} `${{{RUN}}}` [x](javascript:{RUN})"
HOSTILE = '[onerror], [onload], a[href^="javascript:"], img[src*="outside.example"], img[src="x"], iframe[srcdoc]'


def rows_of(path: Path) -> list[dict[str, str]]:
    """A table as it is in its file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """A table with these rows and the columns of its file."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _far_apart(points: pd.DataFrame, count: int) -> pd.DataFrame:
    """Communes as far from each other as they can be, so that each symbol stands alone."""
    degrees = points[["latitude", "longitude"]].to_numpy(dtype=float)
    chosen = [0]
    least = ((degrees - degrees[0]) ** 2).sum(axis=1)
    while len(chosen) < count:
        chosen.append(int(least.argmax()))
        least = least.clip(max=((degrees - degrees[chosen[-1]]) ** 2).sum(axis=1))
    return points.iloc[chosen]


def _actors() -> list[dict[str, str]]:
    """Each name twice: alone in a commune (the first two at a point of their own there), and among the others on a campus."""
    layers = territory.read(SETTINGS.geo)
    communes = layers.points.loc[layers.points.index.isin(layers.communes.index.drop("75056"))]
    homes = _far_apart(communes, len(NAMES))
    rows = []
    for number, (name, (code, home)) in enumerate(zip(NAMES, homes.iterrows(), strict=True)):
        texts = {"name": name, "organisation": name, "activity_fr": ACTIVITY, "activity_en": ACTIVITY, "source_title": TITLE}
        facts = {**texts, "category": CATEGORIES[number % 2], "address": TITLE, "source_url": "https://example.org/?a=1&b='2'"}
        point = layers.communes.geometry[code].representative_point()
        own = (
            {"latitude": f"{point.y:.5f}", "longitude": f"{point.x:.5f}", "position": POSITIONS[number]} if number < len(POSITIONS) else {}
        )
        rows.append(builders.an_actor(id=f"alone-{number}", commune=home["name"], commune_code=code, **facts, **own))
        campus = {"site_id": "genopole", "site": SITE, "position": "campus"}
        rows.append(builders.an_actor(id=f"campus-{number}", **campus, **facts))
    return rows


def _body_names(folder: Path) -> dict[str, str]:
    """A name of ours for every id of a cluster, network or member: one body has one, whatever table names it."""
    columns = (("clusters", "id"), ("networks", "id"), ("network_members", "member_id"))
    ids = dict.fromkeys(row[column] for table, column in columns for row in rows_of(folder / f"{table}.csv"))
    count = len(NAMES)
    return {key: NAMES[i] if i < count else f"{NAMES[i % count][:140].strip()} {i}" for i, key in enumerate(ids)}


def _named_like(names: Mapping[str, str], actor: Mapping[str, str]) -> dict[str, str]:
    """The name of an actor that is a body too: that of the body, and its id so that it is no other actor's."""
    key = actor["id"]
    return {"name": f"{names[key][:100].strip()} {key}"[:150]} if key in names else {}


def _networks(folder: Path, names: Mapping[str, str]) -> None:
    """Names of ours for networks, members and events, too."""
    texts = {"notes_fr": ACTIVITY, "notes_en": ACTIVITY, "source_title": TITLE, "source_url": "https://example.org/network"}
    networks, events, members = (rows_of(folder / f"{table}.csv") for table in ("networks", "events", "network_members"))
    for row in networks:
        row |= {"name": names[row["id"]], "description_fr": SITE, "description_en": SITE, **texts}
    for row, name in zip(events, NAMES * 9, strict=False):
        row |= {"title_fr": name, "title_en": name, **texts}
    for row in members:
        row |= {"member_name": names[row["member_id"]], "source_title": TITLE}
    for table, rows in (("networks", networks), ("events", events), ("network_members", members)):
        write(folder / f"{table}.csv", rows)


def tables(folder: Path) -> Path:
    """The committed tables, with names of ours wherever a page shows one; the schema accepts them all.

    The actors that were there are out of sight, so that those of ours stand alone.
    """
    shutil.copytree(SETTINGS.data, folder)
    names = _body_names(folder)
    out_of_sight = {"as_of": "2010", "founded": "", "owner_since": ""}
    hidden = [row | out_of_sight | _named_like(names, row) for row in rows_of(folder / "actors.csv")]
    claims = [claim for claim in rows_of(folder / "evidence.csv") if claim["field"] != "status"]
    write(folder / "evidence.csv", claims)
    write(folder / "actors.csv", [*_actors(), *hidden])
    sites = [row | ({"name": SITE} if row["id"] == "genopole" else {}) for row in rows_of(folder / "sites.csv")]
    write(folder / "sites.csv", sites)
    clusters = rows_of(folder / "clusters.csv")
    other, organiser = next(key for key, name in names.items() if name == OUTSIDE), clusters[5]["id"]
    names[other], names[organiser] = names[organiser], names[other]
    for row in clusters:
        row |= {"name": names[row["id"]], "focus_fr": SITE, "focus_en": SITE}
    clusters[5] |= {"commune": "", "commune_code": ""}  # an organiser whose seat is told in a sentence
    write(folder / "clusters.csv", clusters)
    stages = rows_of(folder / "tour_stages.csv")
    for row, name in zip(stages, NAMES, strict=False):
        row |= {"title_fr": name, "title_en": name, "notes_fr": ACTIVITY, "notes_en": ACTIVITY, "city": SITE[:80].strip()}
        row |= {"source_url": "https://example.org/stage", "source_title": TITLE}
    write(folder / "tour_stages.csv", stages)
    figures = rows_of(folder / "figures.csv")
    for row, name in zip(figures, NAMES * 20, strict=False):
        row |= {"label_fr": name, "label_en": name, "context_fr": SITE, "context_en": SITE, "source_title": TITLE}
    write(folder / "figures.csv", figures)
    _networks(folder, names)
    catalogue.read(folder)
    return folder


def check(page: Page) -> Callable[[], None]:
    """A check that nothing of the data ran in any frame of this page, and that nothing was asked of a person or outside."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    def unharmed() -> None:
        for frame in page.frames:
            assert frame.evaluate("window.__pwned") is None
            assert frame.locator(HOSTILE).evaluate_all("nodes => nodes.map(node => node.outerHTML)") == []
        assert dialogs == []
        assert page.outside == []
        assert page.errors == []
        expect(page.get_by_test_id("stException")).to_have_count(0)

    return unharmed
