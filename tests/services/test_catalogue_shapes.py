"""The catalogue against the SHACL shapes of DCAT-AP 3.0.1, which stand beside the project and are not copied into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace
from starlette.applications import Starlette

from biocarto.api.routes import build_routes
from tests.support.asgi import ask
from tests.support.sources import a_source

SHAPES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "dcat-ap-3.0.1-shapes.ttl"
SH = Namespace("http://www.w3.org/ns/shacl#")
UNDEFINED = 2
"""Rules of a DataService that the published file names and does not define: nothing can be held against them."""


MANDATORY = {
    "Catalog": ("title", "description", "publisher"),
    "Dataset": ("title", "description"),
    "Distribution": (),
    "DataService": ("title",),
}
"""What DCAT-AP 3.0.1 asks of each class in Dublin Core's words."""


def read_shapes() -> Graph:
    """The published shapes without the names of rules that they do not define."""
    shapes = Graph().parse(SHAPES)
    undefined = {rule for rule in shapes.objects(None, SH.property) if (rule, SH.path, None) not in shapes}
    assert len(undefined) == UNDEFINED
    for rule in undefined:
        shapes.remove((None, SH.property, rule))
    return shapes


@pytest.mark.filterwarnings("ignore:.*Dataset instead:DeprecationWarning")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize(
    "named",
    [{}, {"publisher": "Un pôle", "contact": "donnees@pole.example", "doi": "10.5281/zenodo.1", "public_url": "https://carte.example"}],
)
def test_the_catalogue_conforms_to_dcat_ap(tmp_path: Path, named: dict[str, str]) -> None:
    """Without a single result, with the settings of a laptop and with those of an operator; a catalogue without a title does not."""
    answer = ask(Starlette(routes=build_routes(a_source(tmp_path, **named))), "/catalog.jsonld")
    found = Graph().parse(data=answer.body, format="json-ld")
    for kind, names in MANDATORY.items():
        subjects = set(found.subjects(RDF.type, DCAT[kind]))
        assert subjects, kind
        assert [(subject, name) for subject in subjects for name in names if (subject, DCTERMS[name], None) not in found] == []
    if not SHAPES.is_file():
        print(f"{SHAPES} is not here: the catalogue was held against what is mandatory alone, not against the shapes")
        return
    shapes = read_shapes()
    conforms, _, report = validate(found, shacl_graph=shapes, advanced=True)
    assert conforms, report
    found.remove((None, DCTERMS.title, None))
    assert validate(found, shacl_graph=shapes, advanced=True)[0] is False
