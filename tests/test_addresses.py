"""Which addresses are of programs, and which are meant to be."""

from __future__ import annotations

import pytest

from biocarto.addresses import PROGRAMS, is_misspelt_program, is_program


@pytest.mark.parametrize("prefix", PROGRAMS)
def test_a_program_s_address_is_known_in_its_own_spelling(prefix: str) -> None:
    """Alone, with a slash, and with what stands below it."""
    for path in (f"/{prefix}", f"/{prefix}/", f"/{prefix}/a/b"):
        assert is_program(path)
        assert not is_misspelt_program(path)


@pytest.mark.parametrize("prefix", PROGRAMS)
def test_another_spelling_is_told_apart_from_a_page(prefix: str) -> None:
    """Capitals, a dot, a blank, a sign or nothing that one sees behind it, two slashes before it."""
    spellings = (
        prefix.upper(),
        prefix.title(),
        f"{prefix}.",
        f"{prefix} ",
        f"{prefix};a=1",
        f"{prefix}?f=json",
        f"{prefix}\u200b",
        f"/{prefix}",
    )
    for spelling in spellings:
        for rest in ("", "/", "/collections"):
            assert is_misspelt_program(f"/{spelling}{rest}"), spelling


@pytest.mark.parametrize(
    "path",
    ["/", "/ile-de-france", "/couverture", "/atelier", "/ogcx", "/my-data", "/dataset", "/_stcore/health", "/component/x/index.html"],
)
def test_a_page_is_no_misspelt_program(path: str) -> None:
    """Nor is what Streamlit serves beside them."""
    assert not is_misspelt_program(path)
