"""Settings come from the environment, and a bad one is refused with the accepted values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from biocarto.config import ROOT, STATIC, Settings, list_variables, read, read_base, strip_base
from biocarto.errors import SettingError


def test_defaults_are_the_folders_of_the_project() -> None:
    """Without any variable the app reads its own folders and asks nobody else."""
    settings = read({})
    assert (settings.data, settings.geo) == (ROOT / "data", ROOT / "geo")
    assert not settings.allow_cdn
    assert not settings.ign_tiles


def test_the_served_folder_is_beside_the_door() -> None:
    """The build fills the `static` folder next to the door and the server takes it from there, so that no setting may name another."""
    assert STATIC.name == "static"
    assert (STATIC.parent / "dashboard.py").is_file()
    with pytest.raises(SettingError, match="BIOCARTO_STATIC does not exist"):
        read({"BIOCARTO_STATIC": "elsewhere"})


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_folder_is_refused(text: str) -> None:
    """`BIOCARTO_DATA=` would silently be the root of the project."""
    with pytest.raises(SettingError, match="BIOCARTO_DATA is empty") as caught:
        read({"BIOCARTO_DATA": text})
    assert caught.value.fr.startswith("BIOCARTO_DATA est vide")


def test_a_relative_folder_starts_at_the_root() -> None:
    """The working directory does not matter."""
    assert read({"BIOCARTO_DATA": "other/tables"}).data == ROOT / "other" / "tables"


def test_an_absolute_folder_is_kept(tmp_path: object) -> None:
    """An operator may keep the tables anywhere."""
    assert str(read({"BIOCARTO_GEO": str(tmp_path)}).geo) == str(tmp_path)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Oui", True), (" true ", True), ("0", False), ("", False), ("non", False)])
def test_a_switch_reads_french_and_english(text: str, value: bool) -> None:
    """People write yes and no in several ways."""
    assert read({"BIOCARTO_ALLOW_CDN": text}).allow_cdn is value


def test_a_bad_switch_names_the_accepted_values() -> None:
    """A typing error never becomes a silent default."""
    with pytest.raises(SettingError, match="maybe") as caught:
        read({"BIOCARTO_IGN_TILES": "maybe"})
    assert "oui" in caught.value.fr
    assert "yes" in caught.value.en


def test_an_unknown_setting_names_the_known_ones() -> None:
    """`BIOCARTO_TILES` is not taken for `BIOCARTO_IGN_TILES`."""
    with pytest.raises(SettingError, match="BIOCARTO_IGN_TILES"):
        read({"BIOCARTO_TILES": "1", "HOME": "/root"})


def test_every_setting_has_help() -> None:
    """The README's table of settings is written from these texts."""
    helps = [field.metadata["help"] for field in Settings.__dataclass_fields__.values()]
    assert len(helps) == len(list_variables())
    assert all(helps)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        (" https://biocarto.example/ ", "https://biocarto.example"),
        ("http://192.168.1.10:8501", "http://192.168.1.10:8501"),
        ("https://ais.example/carte/", "https://ais.example/carte"),
    ],
)
def test_the_address_of_the_public_site(given: str, kept: str) -> None:
    """A link is made by writing a page behind it, so that it ends without a slash."""
    assert read({"BIOCARTO_BOOTH_URL": given}).booth_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "biocarto.example",
        "ftp://biocarto.example",
        "javascript:alert(1)",
        "https://",
        "https://:80",
        "https://a b",
        "https://a.example/?x=1",
        "https://a.example/#x",
        "https://me:secret@a.example",
        "https://a.example:99999",
        "https://[::1",
        "https://é.example",
        "https://a.example/" + "x" * 200,
    ],
)
def test_an_address_that_no_link_can_start_with_is_refused(given: str) -> None:
    """Better at the start than on a visitor's phone."""
    with pytest.raises(SettingError, match=r"https://biocarto\.example") as caught:
        read({"BIOCARTO_BOOTH_URL": given})
    assert given in caught.value.fr


@pytest.mark.parametrize("given", ["", "2468", " 0000 ", "123456789012"])
def test_a_pin_is_digits_or_none(given: str) -> None:
    """A zero in front stays; it is typed on a touch screen."""
    assert read({"BIOCARTO_BOOTH_PIN": given}).booth_pin == given.strip()


@pytest.mark.parametrize("given", ["123", "1234567890123", "12a4", "١٢٣٤", "-1234"])
def test_a_bad_pin_is_refused_and_not_shown(given: str) -> None:
    """Visitors may read the page of errors; and a good one is in no log of the settings."""
    with pytest.raises(SettingError, match="4 to 12 digits") as caught:
        read({"BIOCARTO_BOOTH_PIN": given})
    assert given not in caught.value.fr + caught.value.en
    assert "2468" not in repr(read({"BIOCARTO_BOOTH_PIN": "2468"}))


@pytest.mark.parametrize(("given", "kept"), [("10", 10), (" 3600 ", 3600), ("090", 90)])
def test_idle_seconds(given: str, kept: int) -> None:
    """Both limits are accepted."""
    assert read({"BIOCARTO_BOOTH_IDLE": given}).booth_idle == kept


@pytest.mark.parametrize("given", ["9", "3601", "", "1e3", "60.5", "-60", "٦٠", "9" * 5000])
def test_idle_seconds_out_of_reach_are_refused(given: str) -> None:
    """The limits are named."""
    with pytest.raises(SettingError, match="10 to 3600") as caught:
        read({"BIOCARTO_BOOTH_IDLE": given})
    assert "de 10 à 3600" in caught.value.fr


def test_the_event_and_its_time_zone() -> None:
    """A name on one line; a zone that the machine knows, or the machine's own."""
    found = read({"BIOCARTO_BOOTH_EVENT": " Congrès  de Lyon ", "BIOCARTO_BOOTH_ZONE": " Europe/Paris "})
    assert (found.booth_event, str(found.zone)) == ("Congrès de Lyon", "Europe/Paris")
    assert (read({}).booth_event, read({}).zone) == ("", None)


@pytest.mark.parametrize("given", ["Paris", "Europe", "../etc/passwd", "/etc/localtime", "UTC+1\0"])
def test_a_time_zone_that_is_none_is_refused(given: str) -> None:
    """At the start, with one that is."""
    with pytest.raises(SettingError, match="Europe/Paris"):
        read({"BIOCARTO_BOOTH_ZONE": given})


@pytest.mark.parametrize("given", ["x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_of_an_event_that_no_list_can_show_is_refused(given: str) -> None:
    """Too long, or with characters that nobody sees."""
    with pytest.raises(SettingError, match="80 characters"):
        read({"BIOCARTO_BOOTH_EVENT": given})


def test_the_logo_is_read_at_the_start(tmp_path: Path) -> None:
    """The picture itself is the setting: a stick that is pulled out later takes nothing from the screen."""
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>", encoding="utf-8")
    assert read({"BIOCARTO_BOOTH_LOGO": f" {logo} "}).booth_logo.startswith("data:image/svg+xml;base64,")
    assert read({"BIOCARTO_BOOTH_LOGO": " "}).booth_logo == ""
    for refused in (tmp_path, tmp_path / "none.png", "a\0b"):
        with pytest.raises(SettingError, match="still picture, PNG or SVG"):
            read({"BIOCARTO_BOOTH_LOGO": str(refused)})


def test_the_file_of_needs(tmp_path: Path) -> None:
    """In a folder that git ignores, or where the operator says."""
    assert read({}).needs == ROOT / "var" / "needs.sqlite"
    assert read({"BIOCARTO_NEEDS": "other/x.sqlite"}).needs == ROOT / "other" / "x.sqlite"
    assert read({"BIOCARTO_NEEDS": str(tmp_path / "y")}).needs == tmp_path / "y"
    assert "var/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("given", ["", " ", "folder/"])
def test_a_file_of_needs_is_no_folder(given: str) -> None:
    """A folder cannot hold a table."""
    with pytest.raises(SettingError, match="path of a file"):
        read({"BIOCARTO_NEEDS": given})


def test_the_database_of_features_is_an_address_or_none() -> None:
    """Its password is repeated neither by an error nor by the settings as text."""
    given = "postgresql://reader:s3cret@db.example/features"
    settings = read({"BIOCARTO_FEATURES": f" {given} "})
    assert settings.features == given
    assert "s3cret" not in repr(settings)
    assert read({"BIOCARTO_FEATURES": " "}).features == ""
    for wrong in ("var/features.sqlite", "mysql://s3cret@db/features", "postgresql://db"):
        with pytest.raises(SettingError, match="postgresql://server/database") as caught:
            read({"BIOCARTO_FEATURES": wrong})
        assert "s3cret" not in caught.value.fr


def test_who_answers_for_the_server_is_said_in_one_line() -> None:
    """Publisher, director, host, nobody by default; a line break of a file of settings is a space."""
    assert (
        read({"BIOCARTO_PUBLISHER": " Pôle Exemple,\n1 rue du Pôle,  75001 Paris "}).publisher == "Pôle Exemple, 1 rue du Pôle, 75001 Paris"
    )
    assert (read({}).publisher, read({}).director, read({}).host) == ("", "", "")


@pytest.mark.parametrize("name", ["PUBLISHER", "DIRECTOR", "HOST"])
@pytest.mark.parametrize("given", ["x" * 301, "x" * 100_000, "a\x00b", "a\u202eb"])
def test_who_answers_is_refused_where_no_page_can_show_it(name: str, given: str) -> None:
    """Too long, or with characters that nobody sees; the message is short."""
    with pytest.raises(SettingError, match="300 characters") as caught:
        read({f"BIOCARTO_{name}": given})
    assert len(caught.value.fr) < 250


@pytest.mark.parametrize(("given", "days"), [("", 0), ("0", 0), (" 90 ", 90), ("3650", 3650)])
def test_how_long_settled_needs_are_kept(given: str, days: int) -> None:
    """Nothing and 0 are for ever, until staff erases them."""
    assert read({"BIOCARTO_NEEDS_DAYS": given}).needs_days == days


@pytest.mark.parametrize("given", ["-1", "3651", "1.5", "a month", "١", "9" * 100])
def test_a_time_that_is_none_is_refused(given: str) -> None:
    """With what is accepted."""
    with pytest.raises(SettingError, match=r"0 \(never\) to 3650 days"):
        read({"BIOCARTO_NEEDS_DAYS": given})


@pytest.mark.parametrize("given", ["https://biocarto.example", "http://192.168.1.10:8501", ""])
def test_the_public_address_closes_the_stand(given: str) -> None:
    """A laptop has the stand; a public server only where its operator says so."""
    assert read({"BIOCARTO_PUBLIC_URL": given}).has_booth is not bool(given)
    assert read({"BIOCARTO_PUBLIC_URL": given, "BIOCARTO_BOOTH": "1"}).has_booth


def test_a_public_address_that_is_none_is_refused() -> None:
    """The same rules as for the address of the booth's links."""
    with pytest.raises(SettingError, match=r"BIOCARTO_PUBLIC_URL.*https://biocarto\.example"):
        read({"BIOCARTO_PUBLIC_URL": "biocarto.example"})


@pytest.mark.parametrize(
    ("given", "kept"), [("", ""), (" a.b+c@pole.example\n", "a.b+c@pole.example"), ("Un_Nom@sous.pole.example", "Un_Nom@sous.pole.example")]
)
def test_who_receives_reports_of_errors(given: str, kept: str) -> None:
    """One mailbox, blanks around it gone."""
    assert read({"BIOCARTO_CONTACT": given}).contact == kept


@pytest.mark.parametrize(
    "given",
    [
        "pole",
        "a@b",
        "@pole.example",
        "a@pole.example,b@pole.example",
        "a@pole.example?bcc=b@c.example",
        "a b@pole.example",
        "mailto:a@pole.example",
        "a@pole.example\nx",
        "é@pole.example",
        "a" * 200 + "@pole.example",
    ],
)
def test_a_mailbox_that_is_none_is_refused(given: str) -> None:
    """Nothing that a link would read as another recipient or a header; the accepted form is said."""
    with pytest.raises(SettingError, match=r"(?s)BIOCARTO_CONTACT.*repertoire@pole\.example"):
        read({"BIOCARTO_CONTACT": given})


def test_sites_that_may_frame_the_pages() -> None:
    """Several, with spaces; a wildcard for what stands before a domain."""
    given = " https://pole.example  https://*.Region.example:8443\n"
    assert read({"BIOCARTO_FRAME_ANCESTORS": given}).frame_ancestors == "https://pole.example https://*.region.example:8443"
    assert read({"BIOCARTO_FRAME_ANCESTORS": ""}).frame_ancestors == ""


@pytest.mark.parametrize("given", ["*", "pole.example", "https://a.example; script-src *", "https://a.example/path", "'none'", "data:"])
def test_a_site_that_would_open_more_than_a_frame_is_refused(given: str) -> None:
    """The text goes into a header: a semicolon would begin another rule."""
    with pytest.raises(SettingError, match="addresses of sites"):
        read({"BIOCARTO_FRAME_ANCESTORS": given})


@pytest.mark.parametrize("given", ["https://a+b.example", "http://[FE80::1%25eth0]:8501", "https://a_b.example:1:2"])
def test_a_public_host_that_no_browser_sends_is_refused(given: str) -> None:
    """The guard could never let such a Host in: the server would be open to nobody."""
    with pytest.raises(SettingError, match="BIOCARTO_PUBLIC_URL"):
        read({"BIOCARTO_PUBLIC_URL": given})


HOSTS = {"": "", "https://Carto.example:8443/x": "carto.example", "http://[::1]:8501": "[::1]", "http://10.0.0.7": "10.0.0.7"}


@pytest.mark.parametrize(("given", "host"), HOSTS.items())
def test_the_public_host(given: str, host: str) -> None:
    """As a Host header names it, without its port."""
    assert read({"BIOCARTO_PUBLIC_URL": given}).public_host == host


def test_blanks_around_a_folder_are_not_part_of_it() -> None:
    """As a spreadsheet or a web form leaves them."""
    assert read({"BIOCARTO_DATA": "  /srv/tables ", "BIOCARTO_GEO": "geo "}) == replace(Settings(), data=Path("/srv/tables"))


@pytest.mark.parametrize(("given", "base"), [(None, ""), ("", ""), ("carto", "/carto"), ("/carto/", "/carto"), ("a/b", "/a/b")])
def test_the_base_path_is_read_as_streamlit_writes_it(given: str | None, base: str) -> None:
    """With or without slashes."""
    assert read_base(given) == base


@pytest.mark.parametrize(
    ("path", "bases", "below"),
    [
        ("/annuaire", [""], "/annuaire"),
        ("/carto/annuaire", ["/carto"], "/annuaire"),
        ("/carto", ["/carto"], ""),
        ("/carto/", ["/carto"], "/"),
        ("/cartographie", ["/carto"], "/cartographie"),
        ("/b/annuaire", ["", "/a", "/b"], "/annuaire"),
        ("/a/b/annuaire", ["/a", "/a/b"], "/b/annuaire"),
    ],
)
def test_a_path_loses_the_first_base_that_it_stands_below(path: str, bases: list[str], below: str) -> None:
    """Whole steps of it, never a part of a name."""
    assert strip_base(path, *bases) == below


@pytest.mark.parametrize("name", ["BAN", "RECHERCHE_ENTREPRISES"])
@pytest.mark.parametrize("given", ["", "https://service.example/search/", "http://localhost:8080/search", "http://[::1]:8080/search"])
def test_a_service_is_kept_as_it_is_given(name: str, given: str) -> None:
    """Off unless it is named; a bar at its end is part of the address, as no redirect is followed."""
    assert getattr(read({f"BIOCARTO_{name}": f" {given} "}), name.lower()) == given
    assert getattr(read({}), name.lower()) == ""


@pytest.mark.parametrize(
    "given", ["http://service.example/search", "https://", "file:///etc", "1", "https://a@b.example/", "https://b.example/?q=1"]
)
def test_a_service_that_is_none_is_refused(given: str) -> None:
    """What would leave could be read on its way, or go where the operator did not mean."""
    with pytest.raises(SettingError, match="BIOCARTO_BAN is"):
        read({"BIOCARTO_BAN": given})


def test_what_a_process_serves() -> None:
    """One of three words; nothing is all."""
    assert read({}).serves == read({"BIOCARTO_SERVES": ""}).serves == "all"
    assert read({"BIOCARTO_SERVES": " Programs "}).serves == "programs"
    with pytest.raises(SettingError, match="all, pages, programs"):
        read({"BIOCARTO_SERVES": "api"})


@pytest.mark.parametrize("given", ["", "-1", "1e3", "many", "1000001"])
def test_a_pace_that_is_none_is_refused(given: str) -> None:
    """0 is no limit, and has to be said."""
    assert read({"BIOCARTO_API_RATE": "0"}).api_rate == 0
    with pytest.raises(SettingError, match="BIOCARTO_API_RATE"):
        read({"BIOCARTO_API_RATE": given})
