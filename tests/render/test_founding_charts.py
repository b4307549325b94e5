"""Drawings of foundings: right in both themes, nothing over another, whatever the numbers; and their words and table."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biocarto.analysis.history import foundings
from biocarto.i18n import Locale
from biocarto.maps import palette
from biocarto.render import founding_charts, life_events
from biocarto.render.founding_charts import HEIGHT, WIDTH

FR, EN = Locale("fr"), Locale("en")
COLOURS = {theme: palette.list_group_colours(theme) for theme in palette.THEMES}
GROUPS = founding_charts.name_groups(FR)
LAST = 2026
SVG = "{http://www.w3.org/2000/svg}"


def a_register(*founded: tuple[int, str]) -> pd.DataFrame:
    """Organisations founded per year, from (year, group)."""
    rows = pd.DataFrame([{"kind": "created", "year": year, "group": group} for year, group in founded], columns=["kind", "year", "group"])
    return foundings.count_by_year(rows.astype({"year": "Int64"}), LAST)


some_years = st.lists(st.tuples(st.integers(1850, LAST), st.sampled_from(foundings.GROUPS)), max_size=60).map(
    lambda rows: a_register(*rows)
)


@settings(max_examples=25)
@given(some_years)
def test_no_name_covers_another(years: pd.DataFrame) -> None:
    """Names at the ends of lines stand a line apart and inside the drawing, however close the numbers are."""
    sums = foundings.accumulate(years)
    root = ET.fromstring(founding_charts.draw_curve(sums, GROUPS, COLOURS, FR))
    names = [text for text in root.iter(f"{SVG}text") if "ink" in text.attrib["class"]]
    heights = sorted(float(text.attrib["y"]) for text in names)
    assert len(names) == int(sums.any().sum())
    assert all(above + 14.9 <= below for above, below in pairwise(heights))
    assert all(0 < height <= HEIGHT for height in heights)
    assert all(float(text.attrib["x"]) + 7 * len(text.text or "") <= WIDTH + 10 for text in names)


@settings(max_examples=25)
@given(some_years)
def test_bars_stay_in_their_panel(years: pd.DataFrame) -> None:
    """A panel per category on one scale; as many bars as periods with a founding."""
    counts = foundings.count_by_period(years)
    root = ET.fromstring(founding_charts.draw_multiples(counts, GROUPS, COLOURS, FR))
    bars = list(root.iter(f"{SVG}rect"))
    assert len(bars) == int(counts.to_numpy().astype(bool).sum())
    assert all(float(bar.attrib["y"]) > 0 and float(bar.attrib["height"]) > 0 for bar in bars)
    assert len(root.findall(f"{SVG}g")) == len(GROUPS)


def test_an_image_has_the_colours_of_both_themes() -> None:
    """Of every category, so that it follows the page that it stands in, on paper too; nothing in it can run or be fetched."""
    svg = founding_charts.draw_curve(foundings.accumulate(a_register((2000, "integrator"))), GROUPS, COLOURS, FR)
    light, dark = svg.split("@media (prefers-color-scheme:dark)")
    assert all(colour in light for colour in COLOURS["light"].values())
    assert all(colour in dark for colour in COLOURS["dark"].values())
    assert not re.search(r"script|href|url\(|onload", svg)


def test_a_drawing_is_said_in_words() -> None:
    """Where each line begins and ends, and the fullest period; a category without a founding is left out, or has none."""
    years = a_register((1970, "biotherapies"), (2012, "biotherapies"), (2013, "biotherapies"), (2013, "incubator"))
    told = founding_charts.describe_sums(foundings.accumulate(years), GROUPS, FR)
    assert re.sub(r"\s", " ", told) == "Créations cumulées de 1980 à 2026 : Biothérapies : de 1 à 3, Incubateurs : de 0 à 1."
    english = founding_charts.describe_counts(foundings.count_by_period(years), founding_charts.name_groups(EN), EN)
    assert "Biotherapies: 2 from 2010 on" in english
    assert "Industrial integrators: none" in english
    drawing = founding_charts.render_drawing("<b>", 'a "quote"', "<svg/>")
    assert "&lt;b&gt;" in drawing
    assert 'alt="a &#34;quote&#34;"' in drawing


@pytest.mark.parametrize("founded", [(), ((1887, "research_centre"),), ((LAST, "bioproduction"),)])
def test_few_or_no_foundings_are_no_error(founded: tuple[tuple[int, str], ...]) -> None:
    """An empty register, one before the drawing begins, one in the last year."""
    years = a_register(*founded)
    sums, counts = foundings.accumulate(years), foundings.count_by_period(years)
    for svg in (founding_charts.draw_curve(sums, GROUPS, COLOURS, FR), founding_charts.draw_multiples(counts, GROUPS, COLOURS, FR)):
        assert ET.fromstring(svg).tag == f"{SVG}svg"
    assert founding_charts.describe_sums(sums, GROUPS, FR)


def test_the_table_has_every_number() -> None:
    """A line per period with its years, each number with the total by its end."""
    years = a_register((1970, "biotherapies"), (2012, "biotherapies"), (2026, "incubator"))
    sums, counts = foundings.accumulate(years), foundings.count_by_period(years)
    table = re.sub(r"<[^>]+>", " ", life_events.render_foundings("Créations", counts, sums, GROUPS, FR))
    rows = " ".join(table.split())
    assert "2010–2014 1 (2) 0 (0) 0 (0) 0 (0) 0 (0) 0 (0)" in rows
    assert "2025–2026 0 (2) 0 (0) 0 (0) 0 (0) 1 (1) 0 (0)" in rows
    assert "1980–1984 0 (1)" in rows
