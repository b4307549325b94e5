"""What stands below the prefixes of programs: an answer of theirs, or 404 in words; never Streamlit's page."""

from __future__ import annotations

import json
from typing import cast

import pytest
from starlette.applications import Starlette

from biocarto.addresses import PROGRAMS
from biocarto.api.routes import build_routes
from biocarto.api.source import RegisterSource
from tests.support.asgi import ask


@pytest.mark.parametrize("prefix", PROGRAMS)
@pytest.mark.parametrize("rest", ["/nothing", "/nothing/", "/a/b/c", "//", "/%2e%2e/x"])
@pytest.mark.parametrize("base", ["", "/carto"])
def test_an_unknown_address_of_a_program_is_a_problem_in_words(prefix: str, rest: str, base: str) -> None:
    """Even where a browser asks: whoever reads the answer is a program, or somebody who tries one."""
    app = Starlette(routes=build_routes(cast(RegisterSource, None), base))
    answer = ask(app, f"{base}/{prefix}{rest}", accept="text/html")
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert json.loads(answer.body)["detail_fr"]
