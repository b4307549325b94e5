"""Codes, lists, numbers, keys, links and texts as people and spreadsheets write them."""

from __future__ import annotations

import pytest

from tests.support.intake_sheets import read_sheet

SIRET = "99900035900011"
"""A made-up number with right keys."""


def _read_one(table: str, column: str, cell: str) -> str:
    """The value of a cell that is taken."""
    reading = read_sheet(table, {column: [cell]})
    assert reading.refused == ()
    return str(reading.values[column].iloc[0])


def _refuse_one(table: str, column: str, cell: str) -> tuple[str, str]:
    """What a refused cell is expected to be, in French, and the nearest value."""
    reading = read_sheet(table, {column: [cell]})
    assert reading.values[column].tolist() == [""]
    (refused,) = reading.refused
    assert (refused.line, refused.column, refused.letter) == (2, column, "A")
    return refused.expected_fr, refused.nearest


def _tell_one(table: str, column: str, cell: str) -> str:
    """The one notice of a cell, in French."""
    (notice,) = read_sheet(table, {column: [cell]}).notices
    assert (notice.table, notice.line, notice.column) == ("essai.csv", 2, column)
    return notice.fr


@pytest.mark.parametrize(
    ("table", "column", "written", "code"),
    [
        ("actors", "kind", "Entreprise", "company"),
        ("actors", "kind", "société", "company"),
        ("actors", "kind", "Start-up", "company"),
        ("actors", "kind", "labo", "research_centre"),
        ("actors", "kind", "Centre de recherche", "research_centre"),
        ("actors", "kind", "pépinière", "incubator"),
        ("actors", "kind", "Incubateur, pépinière, hôtel d'entreprises", "incubator"),
        ("actors", "kind", "Company", "company"),
        ("actors", "kind", "research_centre", "research_centre"),
        ("actors", "category", "BIOTHERAPIES", "biotherapies"),
        ("actors", "category", "Technology\u00a0provider", "techproviders"),
        ("actors", "status", "fermé", "former"),
        ("actors", "status", "fermée", "former"),
        ("actors", "status", "ouvert", "present"),
        ("actors", "status", "actif", "present"),
        ("actors", "status", "en activité", "present"),
        ("actors", "status", "projet", "planned"),
        ("actors", "status", "inconnu", "unknown"),
        ("actors", "status", "NC", "unknown"),
        ("clusters", "tour_member", "oui", "yes"),
        ("clusters", "tour_member", "x", "yes"),
        ("clusters", "tour_member", "Non", "no"),
        ("clusters", "type", "Pôle de compétitivité", "pole_de_competitivite"),
        ("networks", "kind", "projet européen", "eu_project"),
        ("network_members", "role", "chef de file", "coordinator"),
        ("network_members", "country", "Allemagne", "DE"),
        ("network_members", "country", "UK", "GB"),
        ("national_sites", "perimeter", "fill & finish", "fill_finish"),
    ],
)
def test_words_are_codes(table: str, column: str, written: str, code: str) -> None:
    """The code itself, its label in either language, and what people write for it."""
    assert _read_one(table, column, written) == code


def test_a_typing_error_is_refused_with_the_nearest_label() -> None:
    """Nothing is guessed silently, and a value of another column is told as such."""
    assert _refuse_one("actors", "kind", "Entrprise")[1] == "Entreprise"
    assert _refuse_one("actors", "status", "zzz")[1] == ""
    assert "« Biothérapies » est une valeur de la colonne Catégorie" in _refuse_one("actors", "kind", "Biothérapies")[0]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Thérapie génique, ARN messager", "gene_therapy;rna"),
        ("Thérapie génique / thérapie cellulaire", "gene_therapy;cell_therapy"),
        ("thérapie génique et cellulaire", "gene_therapy;cell_therapy"),
        ("• anticorps\n• peptides", "antibody;peptide"),
        ("- vaccin\n- phage", "vaccine;phage"),
        ("Gene therapy | RNA", "gene_therapy;rna"),
        ("ARN ; ARN ;", "rna"),
        ("", ""),
    ],
)
def test_lists_are_read_item_by_item(written: str, codes: str) -> None:
    """Whatever parts the items; each once."""
    assert _read_one("actors", "modalities", written) == codes


def test_one_bad_item_refuses_a_list_and_is_named() -> None:
    """The whole cell stays out: half a list would be another one."""
    expected, nearest = _refuse_one("actors", "modalities", "ARN ; thérapie gènnique")
    assert expected.startswith("pour « thérapie gènnique », une de ces valeurs")
    assert nearest == "Thérapie génique"
    assert _refuse_one("events", "network_ids", "cebr, Enosis Santé")[1] == "enosis-sante"


@pytest.mark.parametrize(
    ("table", "column", "written", "value"),
    [
        ("networks", "amount_eur", "1 200 000", "1200000"),
        ("networks", "amount_eur", "1\u202f200\u202f000", "1200000"),
        ("networks", "amount_eur", "1'200'000", "1200000"),
        ("networks", "amount_eur", "1200000.00", "1200000"),
        ("networks", "amount_eur", "1.5E+09", "1500000000"),
        ("cities", "latitude", "48,62", "48.62"),
        ("cities", "latitude", "-5.50", "-5.50"),
        ("regional_figures", "value", "48,5 %", "48.5"),
        ("regional_figures", "value", "1.234,5", "1234.5"),
        ("figures", "value", "1 200", "1200"),
        ("figures", "value", "400-600", "400-600"),
        ("clusters", "members", "420.0", "420"),
    ],
)
def test_numbers_are_read_as_they_are_written(table: str, column: str, written: str, value: str) -> None:
    """Decimal commas, spaces between thousands, percent, powers of ten."""
    assert _read_one(table, column, written) == value


@pytest.mark.parametrize(
    ("written", "nearest"),
    [("1,5 M€", "1500000"), ("1 200 €", "1200"), ("1,234", "1234"), ("env. 420", "420"), ("beaucoup", ""), ("1e99", "")],
)
def test_units_and_words_are_refused_with_the_number_that_they_mean(written: str, nearest: str) -> None:
    """Nothing is multiplied or rounded by itself."""
    expected, found = _refuse_one("networks", "amount_eur", written)
    assert "sans unité" in expected
    assert found == nearest


def test_decimals_beyond_those_of_a_column_are_rounded_and_told() -> None:
    """A position has five."""
    assert _read_one("actors", "latitude", "48,877751") == "48.87775"
    assert "5 décimales" in _tell_one("actors", "latitude", "48,877751")
    assert _read_one("sites", "latitude", "48,877751") == "48.877751"


def test_an_angle_is_told_in_degrees() -> None:
    """Minutes and seconds are the nearest decimal number."""
    assert _refuse_one("cities", "latitude", "48°37′25″N")[1] == "48.62361"


@pytest.mark.parametrize(
    "written",
    [
        SIRET,
        "999 000 359 00011",
        "999\u00a0000\u00a0359\u00a000011",
        "999.000.359.00011",
        "SIRET : " + SIRET,
        SIRET + ".0",
        "9.9900035900011E+13",
    ],
)
def test_a_siret_is_fourteen_digits_however_it_is_written(written: str) -> None:
    """Spaces, points and a format of numbers that lost nothing; the SIREN is its beginning."""
    reading = read_sheet("actors", {"siret": [written]})
    assert reading.values.to_dict("records") == [{"siren": "999000359", "siret": SIRET}]
    assert reading.refused == ()


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [
        ("siret", "9.99E+13", "la mise en forme du tableur a effacé des chiffres"),
        ("siret", "9,99E+13", "la mise en forme du tableur a effacé des chiffres"),
        ("siret", "999000359", "999000359 est un SIREN (9 chiffres)"),
        ("siret", "99900035900012", "clé"),
        ("siret", "9990003590001", "14 chiffres ; il y en a 13"),
        ("siren", "999000358", "clé"),
        ("siren", "FR00999000359", "numéro de TVA"),
        ("rnsr", "201722499A", "lettre clé"),
        ("postcode", "910", "5 chiffres"),
        ("id", "Genopole Évry", "minuscules"),
    ],
)
def test_numbers_that_lost_digits_are_refused(column: str, written: str, said: str) -> None:
    """Each says what is wrong with it."""
    assert said in _refuse_one("actors", column, written)[0]


def test_a_lost_zero_is_put_back_where_the_key_proves_it() -> None:
    """And is told."""
    assert _read_one("actors", "siren", "1000009") == "001000009"
    assert "zéro du début" in _tell_one("actors", "siren", "1000009")
    assert _read_one("national_sites", "postcode", "1000") == "01000"
    assert "zéro du début" in _tell_one("national_sites", "postcode", "1000")


def test_siren_and_siret_must_agree() -> None:
    """The SIREN is refused, with the one that the SIRET has."""
    reading = read_sheet("actors", {"siren": ["999000359", "", "999000367"], "siret": [SIRET] * 3})
    assert reading.values["siren"].tolist() == ["999000359", "999000359", ""]
    (refused,) = reading.refused
    assert (refused.line, refused.letter, refused.found, refused.nearest) == (4, "A", "999000367", "999000359")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("exemple.fr/a", "https://exemple.fr/a"),
        ("HTTP://Exemple.fr/A", "http://exemple.fr/A"),
    ],
)
def test_addresses_are_completed(written: str, value: str) -> None:
    """As in a proposal."""
    assert _read_one("actors", "website", written) == value


def test_what_is_no_page_of_the_web_is_refused() -> None:
    """Scripts, mail addresses of persons, two addresses at once."""
    assert "page du web" in _refuse_one("actors", "website", "javascript:alert(1)")[0]
    assert "personne" in _refuse_one("actors", "website", "une.personne@exemple.fr")[0]
    assert _refuse_one("actors", "website", "a.fr ; b.fr") == ("une seule adresse du web", "https://a.fr")
    assert _read_one("actors", "source_url", "chapitre de référence") == "chapter"


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("name", "  Exemple \u00a0 imaginaire\u200b ", "Exemple imaginaire"),
        ("name", "Exe\u00admple", "Exemple"),
        ("name", "E\u0301cole", "École"),
        ("name", "'=imaginaire", "=imaginaire"),
        ("activity_fr", "48\u202f% de\nl'activité", "48\u202f% de l'activité"),
        ("activity_fr", "NC", "NC"),
        ("address", "NC", ""),
        ("name", "—", ""),
        ("founded", "n/a", ""),
    ],
)
def test_texts_are_cleaned(column: str, written: str, value: str) -> None:
    """What copies and spreadsheets add is taken away; what says nothing is empty where it is no word of a text."""
    assert _read_one("actors", column, written) == value


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALEUR!", "#NOM?", "#NOM\u00a0?", "#DIV/0!", "Err:502"])
def test_errors_of_formulas_are_named(error: str) -> None:
    """In every column, also where any text would do."""
    for column in ("name", "founded", "kind", "commune", "address", "modalities"):
        assert "est l'erreur d'une formule" in _refuse_one("actors", column, error)[0]


def test_other_faults_of_texts_are_named() -> None:
    """Too long, too narrow, a formula, a reversed direction."""
    assert _refuse_one("actors", "name", "x" * 151)[0] == "au plus 150 caractères ; le texte en compte 151"
    assert "trop étroite" in _refuse_one("actors", "name", "#####")[0]
    assert "non une formule" in _refuse_one("actors", "name", "=SOMME(A1:A3)")[0]
    assert _refuse_one("actors", "name", "Exemple\u202eimaginaire")[1] == "Exempleimaginaire"


def test_a_word_of_another_column_has_no_nearest_value() -> None:
    """It is right where it belongs: another value of this column would be wrong."""
    assert _refuse_one("actors", "status", "société")[1] == ""
    assert _refuse_one("actors", "kind", "fermé")[1] == ""
