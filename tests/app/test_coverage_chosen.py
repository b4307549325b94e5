"""A territory chosen on the coverage page: zoomed to, named, first in each table; and who is behind its figures."""

import json
import re
from html import escape, unescape
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.ui.coverage import behind
from tests.analysis import raw
from tests.maps.drawn import as_received
from tests.support.pages import opened, said


def fine(app: AppTest) -> AppTest:
    """The same app, without exception or error box."""
    assert not app.exception
    assert not app.error
    return app


def tables(app: AppTest) -> dict[str, str]:
    """Caption -> HTML of the tables of a page."""
    pieces = (str(element.proto.body) for element in app.get("html"))
    found = (table for piece in pieces for table in re.findall(r"<table.*?</table>", piece, re.DOTALL))
    return {re.sub(r"\s", " ", unescape(re.search(r"<caption>(.*?)</caption>", table)[1])): table for table in found}


@pytest.mark.parametrize(
    ("code", "name"), [("93", "Seine-Saint-Denis"), ("200057966", "Vallée Sud-Grand Paris"), ("91228", "Évry-Courcouronnes")]
)
def test_a_chosen_territory_stands_first(code: str, name: str) -> None:
    """In the table of the chain, in that of the map and in the list of absences, where it lacks what is asked for."""
    app = fine(opened("coverage", territory=code, absence="cdmo"))
    found = {caption: re.findall(r"<tr( aria-current='true')?><th scope='row'>(.*?)</th>", table) for caption, table in tables(app).items()}
    chain = next(rows for caption, rows in found.items() if caption.startswith("Sites par maillon : Commune"))
    assert [escape(row) for current, row in chain if current] == [chain[0][1]] == [escape(name)]
    absences = next(rows for caption, rows in found.items() if caption.startswith("Du plus peuplé"))
    assert absences[0][1] == name
    app.session_state["coverage-twin"] = True
    assert fine(app.run()).dataframe[0].value["Code"].iloc[0] == code


def test_a_chosen_territory_names_its_actors() -> None:
    """Everyone that the raw file puts there, each a link to its sheet; its communes on the map, which looks at it."""
    app = fine(opened("coverage", territory="93"))
    here = raw.actors()[raw.actors()["department"].eq("93")]
    sheet = next(piece for piece in (str(element.proto.body) for element in app.get("html")) if "bc-names" in piece)
    listed = re.findall(r"annuaire\?actor=([\w-]+)", sheet[sheet.index("bc-names") :])
    assert sorted(listed) == sorted(here["id"])
    script = str(json.loads(app.get("component_instance")[0].proto.json_args)["feature_group"])
    drawn, focus = (as_received("= " + script[script.index(f"BioCarto.{kind}") :].split("\n", 1)[0]) for kind in ("choropleth", "focus"))
    communes = raw.layer("communes")
    assert set(drawn["codes"].split()) == set(communes.index[communes["department_code"].eq("93")])
    (south, west), (north, east) = focus["bounds"]
    assert (west, south, east, north) == tuple(raw.layer("departments").geometry["93"].bounds)


def test_every_number_of_the_chain_opens_its_names() -> None:
    """As many names behind a cell as it counts, in both tables, and the names are those of the raw file."""
    app = fine(opened("coverage"))
    cells = 0
    for caption, table in tables(app).items():
        if not caption.startswith(("Sites par maillon", "La chaîne")):
            continue
        for count, names in re.findall(r"<summary>([\d\u202f]+)</summary><ul class='bc-behind'>(.*?)</ul>", table):
            assert int(count.replace("\u202f", "")) == names.count("<li>")
            cells += 1
        assert not re.search(r"<td class='bc-number'>\d", table)
    assert cells > 30
    listed = set(re.findall(r"annuaire\?actor=([\w-]+)", tables(app)["Sites par maillon : Département, Île-de-France"]))
    assert listed <= set(raw.actors()["id"])


@pytest.mark.parametrize("params", [{}, {"territory": "93"}, {"territory": "200057966", "modality": "rna"}, {"kind": "company"}])
def test_a_figure_leads_to_the_sites_that_it_counts(params: dict[str, str]) -> None:
    """The directory with the address behind the number shows as many."""
    pieces = (str(element.proto.body) for element in fine(opened("coverage", **params)).get("html"))
    figures = next(piece for piece in pieces if "bc-figures" in piece and "bc-value" in piece)
    link, count = re.search(r"<div class='bc-value'><a href=\"annuaire\?([^\"]*)\"[^>]*>(.*?)</a>", figures).groups()
    query = parse_qs(unescape(link))
    assert f"{count} site" in said(opened("directory", **{name: values[0] for name, values in query.items()}))


@pytest.mark.parametrize(("more", "told"), [(0, ""), (1, "et 1 autre"), (2, "et 2 autres"), (1200, "et 1 200 autres")])
def test_a_long_list_of_territories_says_how_many_it_leaves_out(more: int, told: str) -> None:
    """One is one."""
    html = unescape(behind.render_list("Communes", [f"Commune {n}" for n in range(3 + more)], most=3))
    items = re.findall("<li>(.*?)</li>", html.replace("\u202f", " "))
    assert items[3:] == ([told] if told else [])
