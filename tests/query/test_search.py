"""The search box: people find what they mean, however they type it, and nothing they did not mean."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.names import fold
from biocarto.query import filters, search
from biocarto.query.search import SearchIndex
from tests.support.register import joined


@cache
def index() -> SearchIndex:
    """The real register, indexed."""
    return search.build(filters.with_filter_columns(joined()))


def found(text: str) -> list[str]:
    """Ids, best first."""
    return list(search.find(index(), text).index)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("genethon", "genethon"),
        ("GÉNÉTHON", "genethon"),
        ("genetohn", "genethon"),
        ("yposkezi", "yposkesi"),
        ("yposk", "yposkesi"),
        ("dnascript", "dna-script"),
        ("dna-script", "dna-script"),
        ("eg427", "eg-427"),
        ("poly theragene", "polytheragene"),
        ("ipsenn", "ipsen-centre-de-r-d-des-ulis"),
        ("institut curie", "institut-curie"),
        ("Institut de la vision", "institut-de-la-vision"),
        ("sanofi vitry", "sanofi-site-de-vitry-sur-seine"),
        ("u1204", "sabnp-inserm-u1204"),
        ("the hive", "the-hive-kadans-science-partner"),
        ("macrophages", "immuno-designed-molecules"),
    ],
)
def test_a_name_is_found_first(typed: str, first: str) -> None:
    """Case, accents, hyphens, spaces, an error, a beginning."""
    assert found(typed)[0] == first


@pytest.mark.parametrize(
    "same",
    [
        ("thérapie génique", "therapie genique", "THÉRAPIES GÉNIQUES", "gene therapy", "gene therapies", "thérapi génique", "therapy gene"),
        ("vecteurs viraux", "viral vectors", "vecteur viral", "les vecteurs viraux"),
        ("microbiote", "microbiome", "microbiotte", "microbiota", "Microbiomes"),
        ("phages", "phage", "bactériophages", "bacteriophage", "bacteriofages"),
        ("ARN", "RNA", "l'ARN", "arn"),
        ("Évry", "evry", "EVRY"),
        ("car-t", "CAR T", "cart"),
        ("bioproduction", "biomanufacturing"),
        ("biorad", "Bio-Rad"),
        ("Saint-Cloud", "st cloud"),
        ("paris 13", "Paris 13e", "paris 13eme"),
    ],
    ids=lambda same: same[0],
)
def test_one_question_in_several_words(same: tuple[str, ...]) -> None:
    """French or English, one or many, with or without accents: the same actors."""
    answers = {typed: set(found(typed)) for typed in same}
    assert answers[same[0]]
    assert [typed for typed in same if answers[typed] != answers[same[0]]] == []


def _having(column: str, value: object) -> set[str]:
    actors = filters.with_filter_columns(joined())
    return set(actors.index[actors[column].map(lambda cell: value in cell if isinstance(cell, tuple) else cell == value)])


def test_labels_places_and_codes_are_words_too() -> None:
    """By another path, the columns: modality, department, commune, arrondissement, campus, kind."""
    assert set(found("thérapie génique")) >= _having("modalities", "gene_therapy")
    assert set(found("essonne")) >= _having("department_code", "91")
    assert set(found("villejuif")) >= _having("commune", "Villejuif")
    assert set(found("paris 13")) == _having("commune_code", "75113")
    assert set(found("genopole")) >= _having("site_id", "genopole")
    assert set(found("incubator")) >= _having("kind", "incubator")


def test_who_works_on_bacteriophages_or_the_microbiome() -> None:
    """Question 8, and no macrophage."""
    assert set(found("bactériophages")) == _having("modalities", "phage")
    assert {"phagos", "pherecydes-pharma", "eligo-bioscience"} <= set(found("bactériophages"))
    assert set(found("microbiote")) >= _having("modalities", "microbiome")


def test_every_word_has_to_match() -> None:
    """More words, fewer actors; a word that nobody has leaves none; articles do not count."""
    both = set(found("thérapie génique essonne"))
    assert both == set(found("thérapie génique")) & set(found("essonne"))
    assert 0 < len(both) < len(found("essonne"))
    assert set(found("la thérapie génique en Essonne")) == both
    assert found("thérapie xylophone") == []


@pytest.mark.parametrize(("typed", "not_meant"), [
    ("arn", "adn"), ("phage", "phase"), ("gene", "générative"), ("rna", "dna"), ("evry", "ivry"), ("cell", "cellulose"),
    ("car", "cardiaque"), ("75013", "75014"), ("cd25", "cd20"),
])  # fmt: skip
def test_short_words_have_no_false_friends(typed: str, not_meant: str) -> None:
    """An actor that is found has the word itself in a text, a label, or at the beginning of a name; the other one does not count."""
    other = set(found(not_meant)) - _truly(typed)
    assert not set(found(typed)) & other


def _truly(word: str) -> set[str]:
    """Actors that have the word for certain: among its words of the index, in any field."""
    place = index().words.index(search.stem(word)) if search.stem(word) in index().words else None
    if place is None:
        return set()
    return set(index().ids[index().rows[index().starts[place] : index().starts[place + 1]]])


def test_scores_are_percents_best_first_then_by_name() -> None:
    """The whole name is worth 100, a name more than a place, a place more than an activity, an error less."""
    scores = search.find(index(), "Généthon")
    assert scores["genethon"] == 100
    assert scores.is_monotonic_decreasing
    assert scores.between(0, 100, inclusive="right").all()
    assert search.find(index(), "yposkezi")["yposkesi"] < search.find(index(), "yposkesi")["yposkesi"]
    curie = search.find(index(), "curie")
    assert curie["institut-curie"] > curie["mnemo-therapeutics"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "日本語", "<script>alert(1)</script>", "%00\x00\x1b[31m", "\ud800", "' OR 1=1 --", "*?[](){}|\\", "🧬", "ﷺ" * 5000,
     "x" * 10_000, "é " * 5_000, "a\u0301" * 5_000, "the", "thérapie " * 1_000, "１２３", "ʼ\u202egénéthon"],
)  # fmt: skip
def test_any_paste_is_answered_by_its_beginning(text: str) -> None:
    """Ten thousand characters of anything cost what the first 200 do: no more of them is read."""
    assert found(text) == found(text[: search.LONGEST])


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    """Any text has an answer, and the same one twice."""
    assert found(text) == found(text)


def test_what_cannot_be_searched_finds_nothing() -> None:
    """No word in our letters: nothing, rather than everything; beside a word that can be searched it does not count."""
    assert found("日本語") == found("") == found("!!!") == []
    assert found("日本語 yposkesi") == ["yposkesi"]


def test_an_empty_register_can_be_searched() -> None:
    """Before the first row there is an answer too."""
    empty = search.build(filters.with_filter_columns(joined()).iloc[:0])
    assert search.find(empty, "genethon").empty


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        (("therapy", "therapies", "thérapie"), "therapie"),
        (("viral", "viraux"), "viral"),
        (("réseau", "réseaux"), "reseau"),
        (("virus",), "virus"),
        (("Cellectis",), "cellectis"),
        (("13e", "13eme"), "13"),
        (("gaz", "bus"), None),
    ],
)
def test_plurals_and_endings_are_one_word(words: tuple[str, ...], stem: str | None) -> None:
    """The endings that French and English share; short words stay as they are."""
    for word in words:
        assert search.stem(fold(word)) == (stem or word)
