"""What hostile hands write into a proposal: refused in words, or stored as a plain short text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.desk.proposal_error import ProposalError
from biocarto.desk.proposal_texts import LONGEST_CELL, LONGEST_MESSAGE, Draft, check_draft, check_reason
from biocarto.render.text import disarm_text, is_web
from tests.support.desk_store import load_resources

ACTORS = load_resources()["actors"]
REQUEST = "click-0001"


def check(*, cells: dict[str, str] | None = None, message: str = "", link: str = "", contact: str = "") -> Draft:
    """A form as it may be stored."""
    return check_draft(Draft(cells or {}, message, link, contact, REQUEST), ACTORS)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "<img src=x onerror=alert(1)>", "une balise"),
        ("name", "Alpha </b >", "une balise"),
        ("activity_fr", '=HYPERLINK("http://x")', "formule"),
        ("activity_fr", "\u200b=1+1", "formule"),
        ("address", "@SUM(A1)", "formule"),
        ("activity_fr", "a" * 100_000, "100000 caractères"),
        ("name", "a" * 200, "au plus 150 caractères"),
        ("founded", "vers 2015", "un nombre entier"),
        ("status", "mort", "une de ces valeurs"),
        ("website", "javascript:alert(1)", "adresse du web"),
        ("website", "ftp://example.org", "adresse du web"),
        ("website", "https://example.org/<script>", "adresse du web"),
        ("website", "http://localhost:8501/", "adresse du web"),
        ("website", "data:text/html,x", "adresse du web"),
        ("website", "https://exa\u202emple.org@evil.example/", "adresse du web"),
    ],
)
def test_a_hostile_cell_is_refused_in_words(field: str, text: str, words: str) -> None:
    """And the texts stay with who wrote them."""
    with pytest.raises(ProposalError) as caught:
        check(cells={field: text})
    assert words in caught.value.fr
    assert "Rien n'est enregistré" in caught.value.fr
    assert "Nothing is stored" in caught.value.en


def test_words_are_cleaned_and_kept() -> None:
    """Control and bidi marks go, lines and signs of arithmetic stay."""
    made = check(cells={"name": " Alpha\u202e \x07Bio\n"}, message="pH < 7 et > 5\r\n\n- fermée\x00 en 2023")
    assert (made.cells["name"], made.message) == ("Alpha Bio", "pH < 7 et > 5\n- fermée en 2023")


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("www.Example.org/Page", "https://www.example.org/Page"),
        ("Https://example.org", "https://example.org"),
        ("example.org:8080/a?b=c#d", "https://example.org:8080/a?b=c#d"),
        ("", ""),
    ],
)
def test_a_link_may_be_typed_as_people_do(typed: str, link: str) -> None:
    """Without its scheme, or with the capital of a telephone's keyboard."""
    assert check(link=typed, message="x").source_url == link


@pytest.mark.parametrize("contact", ["marie@example.org", "01 23 45 67 89", "+33 (0)1.23.45.67.89", ""])
def test_a_contact_is_a_mailbox_or_a_number(contact: str) -> None:
    """Or nothing: it is optional."""
    assert check(contact=contact).contact == contact


@pytest.mark.parametrize("contact", ["Marie", "marie@", "a@b.fr, c@d.fr", "a@b.fr?bcc=c@d.fr", "<a@b.fr>", "x" * 1000])
def test_other_contacts_are_refused(contact: str) -> None:
    """Nothing in it can add a recipient to a message."""
    with pytest.raises(ProposalError):
        check(contact=contact)


def test_an_unknown_column_or_request_is_a_bug_of_the_page() -> None:
    """No form offers them."""
    for cells in ({"nothing": "x"}, {"id": "x"}):
        with pytest.raises(ValueError, match="column"):
            check(cells=cells)
    with pytest.raises(ValueError, match="request"):
        check_draft(Draft({}, "x", "", "", "no spaces here"), ACTORS)


TEXT = st.text(max_size=400) | st.text(alphabet="<>=+-@/:.aé \u202e\u200f\ufeff\x00\x1b\n\t\r", max_size=60)


@given(TEXT, TEXT, TEXT, TEXT, TEXT)
def test_whatever_is_written_becomes_a_plain_text_or_a_sentence(name: str, address: str, message: str, link: str, contact: str) -> None:
    """No text gets through that a page, a file or a spreadsheet would take for more than words."""
    try:
        made = check(cells={"name": name, "address": address}, message=message, link=link, contact=contact)
    except ProposalError:
        return
    for text in (*made.cells.values(), *made.message.splitlines(), made.source_url, made.contact):
        assert not [c for c in text if unicodedata.category(c)[0] == "C"]
        assert text == text.strip()
        assert not re.search(r"<[a-zA-Z/!?][^<>]*>", text)
    assert len(made.message) <= LONGEST_MESSAGE
    for column, cell in made.cells.items():
        assert cell == disarm_text(cell)
        assert len(cell) <= LONGEST_CELL
        assert ACTORS.fields[column].find_broken_rule(cell) is None
    assert made.source_url == "" or is_web(made.source_url)


@given(TEXT)
def test_a_reason_is_one_plain_line(text: str) -> None:
    """It is read by who proposed."""
    try:
        reason = check_reason(text)
    except ProposalError:
        return
    assert "\n" not in reason
    assert reason == check_reason(reason)
