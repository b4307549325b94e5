"""The settings of a pack: what the operator wrote, what the server starts in."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from biocarto import config
from biocarto.build.booth import PACK
from tests.build.booth_launcher import settings, words

SETTINGS = {
    "nothing": (b"", {}),
    "comments": (b"# BIOCARTO_BOOTH_PIN=1\n\n   # x\n", {}),
    "plain": (b"BIOCARTO_BOOTH_PIN=2468\n", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "no end of line": (b"BIOCARTO_BOOTH_PIN=2468", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "Notepad": (
        b"\xef\xbb\xbfBIOCARTO_BOOTH_PIN=2468\r\nBIOCARTO_BOOTH_IDLE=30\r\n",
        {"BIOCARTO_BOOTH_PIN": "2468", "BIOCARTO_BOOTH_IDLE": "30"},
    ),
    "spaces": (b"  BIOCARTO_BOOTH_PIN =  2468  \n", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "quotes": (b"BIOCARTO_BOOTH_PIN=\"2468\"\nBIOCARTO_BOOTH_IDLE='30'\n", {"BIOCARTO_BOOTH_PIN": "2468", "BIOCARTO_BOOTH_IDLE": "30"}),
    "a comment after it": (b"BIOCARTO_BOOTH_PIN=2468 # mardi\n", {"BIOCARTO_BOOTH_PIN": "2468"}),
    "empty": (b"BIOCARTO_BOOTH_PIN=\nBIOCARTO_BOOTH_URL=  # plus tard\n", {}),
    "a number sign in quotes": (b"BIOCARTO_NEEDS='/tmp/a #1.sqlite'  # cl\xc3\xa9\n", {"BIOCARTO_NEEDS": "/tmp/a #1.sqlite"}),
    "quotes in the comment": (b'BIOCARTO_BOOTH_PIN="2468"  # "mardi"\n', {"BIOCARTO_BOOTH_PIN": "2468"}),
    "quotes that never close": (b'BIOCARTO_BOOTH_PIN="2468 # mardi\n', {"BIOCARTO_BOOTH_PIN": '"2468'}),
    "an address": (b"BIOCARTO_BOOTH_URL=https://a.example/b?c=d\n", {"BIOCARTO_BOOTH_URL": "https://a.example/b?c=d"}),
    "accents": ("BIOCARTO_NEEDS=/tmp/Clé USB/é.sqlite\n".encode(), {"BIOCARTO_NEEDS": "/tmp/Clé USB/é.sqlite"}),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_are_read_as_people_write_them(case: str) -> None:
    """With the marks of Windows, spaces, quotation marks and comments; without a value, a setting is not given."""
    content, found = SETTINGS[case]
    assert settings.parse(content) == found


MALFORMED = {
    "no equals sign": (b"#\nBIOCARTO_BOOTH_PIN 2468\n", 2),
    "another name": (b"PATH=/tmp\n", 1),
    "Python's own": (b"\nPYTHONPATH=/tmp\n", 2),
    "small letters": (b"biocarto_booth_pin=2468\n", 1),
    "a shell's word": (b"export BIOCARTO_BOOTH_PIN=2468\n", 1),
    "no name": (b"=2468\n", 1),
    "twice": (b"BIOCARTO_BOOTH_PIN=1\r\n\r\nBIOCARTO_BOOTH_PIN=2468\r\n", 3),
    "Latin-1": ("BIOCARTO_NEEDS=/tmp/2468/é\n".encode("latin-1"), 1),
    "UTF-16": ("BIOCARTO_BOOTH_PIN=2468\n".encode("utf-16"), 1),
    "a null": (b"BIOCARTO_BOOTH_PIN=24\x0068\n", 1),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_line_that_is_no_setting_is_named(case: str) -> None:
    """By its number, in both languages, and without its text: it may hold the PIN."""
    content, line = MALFORMED[case]
    with pytest.raises(words.StandError) as caught:
        settings.parse(content)
    assert f"ligne {line} :" in caught.value.fr
    assert f"line {line}:" in caught.value.en
    assert "2468" not in caught.value.fr + caught.value.en


def test_the_file_of_the_pack_is_read() -> None:
    """As it is delivered it sets nothing, and every setting in it may be switched on."""
    content = (PACK / "reglages.exemple.txt").read_bytes()
    assert settings.parse(content) == {}
    assert settings.parse(re.sub(rb"(?m)^#(?=BIOCARTO_)", b"", content)).keys() == {
        "BIOCARTO_BOOTH_URL",
        "BIOCARTO_BOOTH_IDLE",
        "BIOCARTO_BOOTH_ZONE",
        "BIOCARTO_NEEDS_DAYS",
    }
    assert set(re.findall(rb"BIOCARTO_\w+(?==)", content)) <= {name.encode() for name in config.list_variables()}


def test_the_settings_are_made_from_the_example(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where they are missing, byte for byte, and said once; what the operator wrote is never touched."""
    made = settings.find_file(pack, pack)
    assert made == pack / "reglages.txt"
    assert made.read_bytes() == (pack / "reglages.exemple.txt").read_bytes()
    assert str(made) in capsys.readouterr().out
    made.write_text("BIOCARTO_BOOTH_PIN=2468")
    assert settings.find_file(pack, pack).read_text() == "BIOCARTO_BOOTH_PIN=2468"
    assert capsys.readouterr().out == ""


def test_a_pack_that_cannot_be_written_has_settings_elsewhere(pack: Path, tmp_path: Path) -> None:
    """Its own count where it brings some; else those of the user's folder, made there."""
    own = tmp_path / "user"
    own.mkdir()
    assert settings.find_file(pack, own) == own / "reglages.txt"
    assert (own / "reglages.txt").is_file()
    assert not (pack / "reglages.txt").exists()
    (pack / "reglages.txt").write_text("")
    assert settings.find_file(pack, own) == pack / "reglages.txt"


def test_no_file_means_no_settings(tmp_path: Path) -> None:
    """Without an example, or where nothing can be written, the stand starts; a folder in its place is said."""
    assert settings.read(settings.find_file(tmp_path, tmp_path)) == {}
    assert settings.read(tmp_path / "none") == {}
    (tmp_path / "reglages.txt").mkdir()
    with pytest.raises(words.StandError, match="cannot be read"):
        settings.read(tmp_path / "reglages.txt")


def test_what_is_set_already_wins(tmp_path: Path) -> None:
    """Over the file, which wins over the pack; nothing leads Python elsewhere."""
    given = {"BIOCARTO_BOOTH_PIN": "1111", "BIOCARTO_BOOTH_IDLE": "30"}
    environ = {"BIOCARTO_BOOTH_PIN": "2222", "PYTHONHOME": "/x", "PYTHONPATH": "/y", "pythonstartup": "z", "PATH": "/bin"}
    found = settings.build_environment(environ, tmp_path, tmp_path, given, tmp_path / "lib")
    assert (found["BIOCARTO_BOOTH_PIN"], found["BIOCARTO_BOOTH_IDLE"], found["PATH"]) == ("2222", "30", "/bin")
    assert found["BIOCARTO_NEEDS"] == str(tmp_path / "besoins/besoins.sqlite")
    assert found["PYTHONPATH"].split(os.pathsep) == [str(tmp_path / "app/src"), str(tmp_path / "lib")]
    assert {"PYTHONHOME", "pythonstartup"} & found.keys() == set()


def test_no_setting_of_streamlit_is_taken_along(tmp_path: Path) -> None:
    """One of them would open the stand to the whole fair."""
    environ = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "streamlit_server_port": "80", "PATH": "/bin"}
    found = settings.build_environment(environ, tmp_path, tmp_path, {})
    assert [name for name in found if name.upper().startswith("STREAMLIT")] == []


NEEDS = {
    "salon.sqlite": "{}/salon.sqlite",
    "../salon.sqlite": "{}/../salon.sqlite",
    "/var/salon.sqlite": "/var/salon.sqlite",
    "~/salon.sqlite": "~/salon.sqlite",
    "salon/": "salon/",
    " ": " ",
}


@pytest.mark.parametrize("text", NEEDS)
def test_a_file_of_needs_is_found_from_the_pack(tmp_path: Path, text: str) -> None:
    """Not from app/, which a rebuild writes; what is no file is left for the app to refuse."""
    for environ, given in (({"BIOCARTO_NEEDS": text}, {}), ({}, {"BIOCARTO_NEEDS": text})):
        found = settings.build_environment(environ, tmp_path / "pack", tmp_path, given)
        assert found["BIOCARTO_NEEDS"] == NEEDS[text].format(tmp_path)


def test_a_logo_lies_beside_the_settings(tmp_path: Path) -> None:
    """In the pack, or in the folder that the stand writes in; without one nothing is set."""
    given, pack, own = {"BIOCARTO_BOOTH_LOGO": "logo.png"}, tmp_path / "pack", tmp_path / "own"
    assert settings.build_environment({}, pack, own, given)["BIOCARTO_BOOTH_LOGO"] == str(pack / "logo.png")
    own.mkdir()
    (own / "logo.png").touch()
    assert settings.build_environment({}, pack, own, given)["BIOCARTO_BOOTH_LOGO"] == str(own / "logo.png")
    assert "BIOCARTO_BOOTH_LOGO" not in settings.build_environment({}, pack, own, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [("BIOCARTO_BOOTH_PIN", "12"), ("BIOCARTO_BOOTH_IDLE", "1"), ("BIOCARTO_BOTH_PIN", "1234"), ("BIOCARTO_BOOTH_LOGO", "/dev/null")],
)
def test_a_value_that_the_app_refuses_is_said_before_the_start(pack: Path, name: str, value: str) -> None:
    """In both languages, as the app says it."""
    env = settings.build_environment({}, pack, pack, {name: value})
    with pytest.raises(words.StandError) as caught:
        settings.check(env)
    assert name in caught.value.fr
    assert name in caught.value.en
    assert "accept" in caught.value.fr or "existe pas" in caught.value.fr


@pytest.mark.parametrize("pin", ["97531x", "975", "9753197531975"])
def test_a_code_that_is_refused_is_not_shown(pack: Path, pin: str) -> None:
    """The screen faces the public."""
    with pytest.raises(words.StandError) as caught:
        settings.check(settings.build_environment({}, pack, pack, {"BIOCARTO_BOOTH_PIN": pin}))
    assert "BIOCARTO_BOOTH_PIN" in caught.value.fr
    assert pin not in caught.value.fr + caught.value.en + caught.value.detail


def test_the_folder_that_one_stands_in_lends_no_module(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick has whatever files it has."""
    (pack / "biocarto.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(pack)
    settings.check(settings.build_environment({}, pack, pack, {}))
