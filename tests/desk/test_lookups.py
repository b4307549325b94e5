"""What the desk asks of services that an operator has named, what it takes from their answers, and that it asks nobody else."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from biocarto.desk import lookup_client
from biocarto.desk.address_lookup import SERVICE as BAN
from biocarto.desk.address_lookup import AddressKind, FoundAddress, find_addresses
from biocarto.desk.company_lookup import SERVICE as COMPANIES
from biocarto.desk.company_lookup import CompanyAnswer, find_companies
from biocarto.desk.desk_error import DeskError
from biocarto.model import PARIS
from biocarto.rate_limit import RateLimit
from tests.support.lookup_server import StandIn, a_company, an_address, an_establishment, stand_in

EVRY = "91228"


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    """One stand-in for all of these."""
    with stand_in() as told:
        yield told


@pytest.fixture(autouse=True)
def _unhurried(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was asked before, and each test has the pace to itself."""
    server.asked.clear()
    for service in (BAN, COMPANIES):
        monkeypatch.setattr(service.limit, "_taken", RateLimit(lookup_client.PACE, service.limit._refuse)._taken)


def ask_ban(server: StandIn, *features: object) -> list[FoundAddress]:
    """What is read of an answer with these features."""
    server.answer({"type": "FeatureCollection", "features": list(features)})
    return find_addresses(server.address, "1 rue de l'essai", EVRY, "v")


def ask_companies(server: StandIn, *companies: object, commune: str = EVRY, **more: object) -> CompanyAnswer:
    """What is read of an answer with these companies."""
    server.answer({"results": list(companies), "total_results": len(companies)} | more)
    return find_companies(server.address, "Essai Therapeutics", commune, "v")


@pytest.mark.parametrize("find", [find_addresses, find_companies])
def test_nothing_leaves_while_a_service_is_off(find: Callable[[str, str, str, str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket is even made."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(DeskError, match="This search is off: BIOCARTO_") as caught:
        find("", "1 rue de l'essai", EVRY, "v")
    assert "Rien n'est parti" in caught.value.fr


def test_an_address_is_asked_with_its_commune_and_nothing_else(server: StandIn) -> None:
    """Text, commune, how many; no cookie, no page that it comes from, no name."""
    [found] = ask_ban(server, an_address())
    assert (found.address, found.kind, found.score, found.is_street) == ("1 Rue de l'Essai", AddressKind.HOUSE_NUMBER, 0.93, True)
    assert (found.latitude, found.longitude, found.postcode, found.commune_code) == (48.62, 2.44, "91000", EVRY)
    [(path, params, headers)] = server.asked
    assert (path, params) == ("/search/", {"q": "1 rue de l'essai", "limit": "5", "citycode": EVRY})
    assert headers.keys() == {"host", "accept", "accept-encoding", "user-agent", "connection"}
    assert headers["user-agent"] == "BioCarto"


def test_paris_is_asked_by_its_name(server: StandIn) -> None:
    """Both services know it by its arrondissements."""
    server.answer({"type": "FeatureCollection", "features": []})
    assert find_addresses(server.address, "1 rue de l'essai", PARIS, "v") == []
    ask_companies(server, commune=PARIS)
    assert server.asked[0][1] == {"q": "1 rue de l'essai, Paris", "limit": "5"}
    assert server.asked[1][1]["departement"] == "75"
    assert "code_commune" not in server.asked[1][1]


@pytest.mark.parametrize(
    "feature",
    [
        None,
        [],
        {},
        {"properties": {}},
        an_address(score="much"),
        an_address(score=True),
        an_address(score=7),
        an_address(type="planet"),
        an_address(type=["street"]),
        an_address(label=3),
        an_address(citycode="Evry"),
        an_address() | {"geometry": {"coordinates": [2.44]}},
        an_address() | {"geometry": {"coordinates": ["2.44", "north"]}},
        an_address() | {"geometry": {"coordinates": [999, 48]}},
        an_address() | {"geometry": None},
    ],
)
def test_an_address_that_cannot_be_read_is_left_out(server: StandIn, feature: object) -> None:
    """And the one beside it is read."""
    assert len(ask_ban(server, feature, an_address())) == 1


def test_hostile_texts_are_texts(server: StandIn) -> None:
    """Cut to a length, in one line, without what turns or hides text; escaped where they are shown."""
    [found] = ask_ban(server, an_address(label="<b>x</b>\u202e\n y" + "z" * 900, postcode="=1+1"))
    assert found.label.startswith("<b>x</b> yzz")
    assert len(found.label) == lookup_client.LONGEST_TEXT
    assert found.postcode == ""


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[" * 100_000, b'{"features": NaN}', b'"text"', b"[]", b'{"features": {}}', b"\xff\xfe{"]
)
@pytest.mark.parametrize("find", [find_addresses, find_companies])
def test_an_answer_that_is_none_is_said(server: StandIn, find: Callable[[str, str, str, str], object], body: bytes) -> None:
    """In words, with the setting that the operator checks."""
    server.status, server.body, server.headers, server.drops = 200, body, {}, 0
    with pytest.raises(DeskError, match="something else than what is expected") as caught:
        find(server.address, "1 rue de l'essai", EVRY, "v")
    assert "votre saisie est gardée" in caught.value.fr


def test_a_redirect_is_not_followed(server: StandIn) -> None:
    """The machine it names is never asked."""
    server.status, server.headers = 302, {"Location": f"http://127.0.0.1:{server.port}/elsewhere"}
    with pytest.raises(DeskError, match=r"has refused the question \(302\)"):
        find_addresses(server.address, "1 rue de l'essai", EVRY, "v")
    assert [path for path, _, _ in server.asked] == ["/search/"]


@pytest.mark.parametrize(("status", "words"), [(429, "is asked too much just now"), (500, r"refused the question \(500\)"), (404, "404")])
def test_a_refusal_is_said(server: StandIn, status: int, words: str) -> None:
    """With what to do."""
    server.status, server.headers = status, {}
    with pytest.raises(DeskError, match=words):
        find_addresses(server.address, "1 rue de l'essai", EVRY, "v")


def test_a_long_or_packed_answer_is_given_up(server: StandIn) -> None:
    """A megabyte at most, and nothing to be unpacked."""
    server.answer({})
    server.body = b" " * (lookup_client.LARGEST + 1)
    with pytest.raises(DeskError, match="something else"):
        find_addresses(server.address, "1 rue de l'essai", EVRY, "v")
    server.answer({})
    server.headers = {"Content-Encoding": "gzip"}
    with pytest.raises(DeskError, match="something else"):
        find_addresses(server.address, "1 rue de l'essai", EVRY, "v")


def test_a_slow_service_is_given_up(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that sends drop by drop, and one that is not there."""
    monkeypatch.setattr(lookup_client, "TIMEOUT", 0.2)
    server.answer({})
    server.drops = 40
    with pytest.raises(DeskError, match="does not answer within"):
        find_addresses(server.address, "1 rue de l'essai", EVRY, "v")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(DeskError, match="does not answer within"):
            find_addresses(f"http://127.0.0.1:{closed.getsockname()[1]}/search/", "1 rue de l'essai", EVRY, "v")


def test_a_head_that_never_ends_is_given_up(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter comes in time, the whole never does: a page of the desk is not held by it."""
    monkeypatch.setattr(lookup_client, "TIMEOUT", 0.2)
    server.answer({})
    server.head_drops = 40
    began = time.monotonic()
    with pytest.raises(DeskError, match="does not answer within"):
        find_addresses(server.address, "1 rue de l'essai", EVRY, "v")
    assert time.monotonic() - began < 40 * 0.05
    server.answer({})


def test_the_pace_is_kept(server: StandIn) -> None:
    """Five in a second, of all sessions, also of questions that were not answered."""
    server.status, server.headers = 500, {}
    for number in range(lookup_client.PACE.per_while):
        with pytest.raises(DeskError, match="500"):
            find_addresses(server.address, "1 rue de l'essai", EVRY, f"v{number}")
    with pytest.raises(DeskError, match="Too many searches at once"):
        find_addresses(server.address, "1 rue de l'essai", EVRY, "another")
    assert len(server.asked) == lookup_client.PACE.per_while


@pytest.mark.parametrize("typed", ["", "ab", "   ", "write to marie@example.org"])
def test_what_is_no_question_is_not_sent(server: StandIn, typed: str) -> None:
    """Nor is a mailbox."""
    with pytest.raises(DeskError, match="Nothing was sent"):
        find_companies(server.address, typed, EVRY, "v")
    assert server.asked == []


def test_a_company_is_proposed_with_its_score(server: StandIn) -> None:
    """Its seat and the establishments of the commune, likest first; nobody who directs it is asked for."""
    other = an_establishment("00000000100029", etat_administratif="F", commune="75113")
    answer = ask_companies(server, a_company(matching_etablissements=[an_establishment(), other, {"siret": "x"}, None]))
    assert [(one.siret, one.score, one.is_open, one.is_seat) for one in answer.found] == [
        ("00000000100011", 1.0, True, True),
        ("00000000100029", 0.8, False, False),
    ]
    assert (answer.hidden, answer.is_saturated) == (0, False)
    [(_, params, _)] = server.asked
    assert params["est_entrepreneur_individuel"] == "false"
    assert (params["minimal"], params["include"]) == ("true", "siege,matching_etablissements,complements")
    assert (params["q"], params["code_commune"]) == ("Essai Therapeutics", EVRY)


@pytest.mark.parametrize(
    "changes",
    [
        {"nature_juridique": "1000"},
        {"nature_juridique": 1000},
        {"nature_juridique": None},
        {"nature_juridique": "12"},
        {"complements": {"est_entrepreneur_individuel": True}},
        {"statut_diffusion": "P"},
        {"nom_raison_sociale": "[ND]"},
        {"nom_raison_sociale": None, "nom_complet": "PRENOM NOM"},
    ],
)
def test_a_person_is_never_shown(server: StandIn, changes: dict[str, object]) -> None:
    """Whatever the service sends: it is counted, and nothing of it is told."""
    answer = ask_companies(server, a_company(**changes))
    assert (answer.found, answer.hidden) == ((), 1)


def test_a_count_that_saturates_is_told(server: StandIn) -> None:
    """The service counts no further than 10,000."""
    assert ask_companies(server, total_results=10_000).is_saturated
    assert not ask_companies(server, total_results="many").is_saturated
