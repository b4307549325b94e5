"""Every setting of BioCarto: its environment variable, default, help and check."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from biocarto.errors import SettingError
from biocarto.pictures import HEAVIEST, PictureError, encode_picture
from biocarto.serving import Serving, read_rate, read_serving

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
"""Where `make assets` puts the front-end files, and where the server takes them from."""
PREFIX = "BIOCARTO_"
_SWITCH = {"1": True, "true": True, "yes": True, "oui": True, "": False, "0": False, "false": False, "no": False, "non": False}
_MIN_IDLE, _MAX_IDLE = 10, 3600  # seconds of `booth_idle`
_LONGEST_URL = 200
_LONGEST_EVENT = 80
_LONGEST_STATEMENT = 300
_MAX_DAYS = 3650
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
_DATABASE = re.compile(r"postgres(ql)?://[^/?]*/[^/?]")
_PIN = re.compile("[0-9]{4,12}")
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9_.-]{1,253})(?::[0-9]{1,5})?")
_MAILBOX = re.compile(r"[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]{1,150}")
_ANCESTOR = re.compile(r"https?://(\*\.)?[a-z0-9.-]{1,253}(:[0-9]{1,5})?")


def _switch(variable: str, text: str) -> bool:
    try:
        return _SWITCH[text.strip().lower()]
    except KeyError:
        accepted = ", ".join(sorted(value for value in _SWITCH if value))
        raise SettingError(
            f"{variable} vaut « {text} » ; valeurs acceptées : {accepted}.",
            f"{variable} is “{text}”; accepted values: {accepted}.",
        ) from None


def _folder(variable: str, text: str) -> Path:
    if not text.strip():
        raise SettingError(f"{variable} est vide ; valeur acceptée : un dossier.", f"{variable} is empty; accepted value: a folder.")
    return ROOT / Path(text.strip()).expanduser()


def _file(variable: str, text: str) -> Path:
    if not text.strip() or text.rstrip().endswith("/"):
        raise SettingError(
            f"{variable} vaut « {text} » ; valeur acceptée : le chemin d'un fichier.",
            f"{variable} is “{text}”; accepted value: the path of a file.",
        )
    return ROOT / Path(text.strip()).expanduser()


def _is_base(address: str) -> bool:
    """True for http or https, a host, maybe a port and a path, and nothing that a link would have to carry along."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    bare = not {"?", "#", "@"} & set(address) and re.fullmatch(r"[!-~]+", address) is not None
    return parts.scheme in {"http", "https"} and named and bare and len(address) <= _LONGEST_URL


def read_host(authority: str) -> str:
    """The host of a Host header or of an origin's authority, lower case and without its port; empty where it is none."""
    matched = _HOST.fullmatch(authority.lower())
    return matched[1] if matched else ""


def read_base(base_url_path: str | None) -> str:
    """Streamlit's `server.baseUrlPath` as a prefix of paths: `/carto`, or nothing."""
    inner = (base_url_path or "").strip("/")
    return f"/{inner}" if inner else ""


def strip_base(path: str, *bases: str) -> str:
    """A path without the first of `bases` that it stands below; unchanged below none of them (`/cartography` is not below `/carto`)."""
    return path.removeprefix(next((base for base in bases if base and f"{path}/".startswith(f"{base}/")), ""))


def _public(variable: str, text: str) -> str:
    """An address whose host a browser can send as Host."""
    address = _base(variable, text)
    if address and not read_host(urlsplit(address).netloc):
        raise SettingError(
            f"{variable} vaut « {text} » ; valeur acceptée : une adresse dont l'hôte est un nom (lettres, chiffres, tirets, points) ou un "
            "numéro, comme https://biocarto.example.",
            f"{variable} is “{text}”; accepted value: an address whose host is a name (letters, digits, hyphens, dots) or a number, like "
            "https://biocarto.example.",
        )
    return address


def _base(variable: str, text: str) -> str:
    address = text.strip().rstrip("/")
    if address and not _is_base(address):
        raise SettingError(
            f"{variable} vaut « {text} » ; valeur acceptée : rien, ou une adresse comme https://biocarto.example, sans « ? », « # » "
            f"ni « @ », de {_LONGEST_URL} caractères au plus.",
            f"{variable} is “{text}”; accepted value: nothing, or an address like https://biocarto.example, without “?”, “#” or “@”, "
            f"of {_LONGEST_URL} characters at most.",
        )
    return address


def _service(variable: str, text: str) -> str:
    """The whole address of a service to ask, kept as it is given; without encryption only on this machine, where nobody listens."""
    address = text.strip()
    if not address:
        return ""
    if _is_base(address):
        parts = urlsplit(address)
        if parts.scheme == "https" or parts.hostname in _THIS_MACHINE:
            return address
    raise SettingError(
        f"{variable} vaut « {text[:_LONGEST_URL]} » ; valeur acceptée : rien, ou l'adresse entière d'un service en https, sans « ? », "
        f"« # » ni « @ », de {_LONGEST_URL} caractères au plus (http : sur cette machine seulement).",
        f"{variable} is “{text[:_LONGEST_URL]}”; accepted value: nothing, or the whole address of a service by https, without “?”, “#” "
        f"or “@”, of {_LONGEST_URL} characters at most (http: on this machine only).",
    )


def _origins(variable: str, text: str) -> str:
    """Origins as a Content-Security-Policy takes them, with one space between two."""
    given = text.lower().split()
    if not all(_ANCESTOR.fullmatch(origin) for origin in given) or len(text) > _LONGEST_URL * 10:
        raise SettingError(
            f"{variable} vaut « {text[:80]} » ; valeur acceptée : rien, ou des adresses de sites séparées par des espaces, comme "
            "https://pole.example https://*.region.example, sans chemin.",
            f"{variable} is “{text[:80]}”; accepted value: nothing, or addresses of sites with spaces between them, like "
            "https://pole.example https://*.region.example, without a path.",
        )
    return " ".join(given)


def _mailbox(variable: str, text: str) -> str:
    """An address of e-mail in its usual form: nothing in it can add a recipient or a header to a message."""
    address = text.strip()
    if address and not (_MAILBOX.fullmatch(address) and len(address) <= _LONGEST_URL):
        raise SettingError(
            f"{variable} vaut « {text[:80]} » ; valeur acceptée : rien, ou une adresse de messagerie, comme repertoire@pole.example.",
            f"{variable} is “{text[:80]}”; accepted value: nothing, or an address of e-mail, like repertoire@pole.example.",
        )
    return address


def _pin(variable: str, text: str) -> str:
    """The value is not repeated in the error: a visitor may read the page."""
    pin = text.strip()
    if pin and not _PIN.fullmatch(pin):
        raise SettingError(
            f"{variable} n'est pas accepté ; valeur acceptée : rien, ou de 4 à 12 chiffres.",
            f"{variable} is not accepted; accepted value: nothing, or 4 to 12 digits.",
        )
    return pin


def _seconds(variable: str, text: str) -> int:
    if not re.fullmatch(r"\s*[0-9]{1,6}\s*", text) or not _MIN_IDLE <= int(text) <= _MAX_IDLE:
        raise SettingError(
            f"{variable} vaut « {text} » ; valeurs acceptées : de {_MIN_IDLE} à {_MAX_IDLE} secondes.",
            f"{variable} is “{text}”; accepted values: {_MIN_IDLE} to {_MAX_IDLE} seconds.",
        )
    return int(text)


def _name(variable: str, text: str) -> str:
    """What an event or a person is called, in one line."""
    name = " ".join(text.split())
    if len(name) > _LONGEST_EVENT or not name.isprintable():
        raise SettingError(
            f"{variable} vaut « {text[:_LONGEST_EVENT]} » ; valeur acceptée : rien, ou un nom de {_LONGEST_EVENT} caractères au plus.",
            f"{variable} is “{text[:_LONGEST_EVENT]}”; accepted value: nothing, or a name of {_LONGEST_EVENT} characters at most.",
        )
    return name


def _picture(variable: str, text: str) -> str:
    """A picture of the disk as the `src` of an image, read now: a stick may be gone later."""
    given = text.strip()
    if not given:
        return ""
    try:
        with (ROOT / Path(given).expanduser()).open("rb") as source:
            return encode_picture(source.read(HEAVIEST + 1))
    except (OSError, ValueError, RuntimeError) as error:
        why = error if isinstance(error, PictureError) else PictureError("le fichier ne se lit pas", "the file cannot be read")
        raise SettingError(
            f"{variable} vaut « {given[:80]} » : {why.fr} ; valeur acceptée : rien, ou le chemin d'une image PNG ou SVG immobile de "
            f"{HEAVIEST // 1000} ko au plus, sans programme ni lien vers un autre fichier.",
            f"{variable} is “{given[:80]}”: {why.en}; accepted value: nothing, or the path of a still picture, PNG or SVG, of "
            f"{HEAVIEST // 1000} kB at most, without a program and without a link to another file.",
        ) from None


def _store(variable: str, text: str) -> str:
    """The path of a file of SQLite, from the project's root, or the address of a PostgreSQL database, whose password is not repeated."""
    given = text.strip()
    if _DATABASE.match(given):
        return given
    if not given or "://" in given or given.endswith("/"):
        raise SettingError(
            f"{variable} n'est pas accepté ; valeurs acceptées : le chemin d'un fichier, ou une adresse postgresql://serveur/base.",
            f"{variable} is not accepted; accepted values: the path of a file, or an address postgresql://server/database.",
        )
    return str(ROOT / Path(given).expanduser())


def _database(variable: str, text: str) -> str:
    """Nothing, or the address of a PostgreSQL database, whose password is not repeated."""
    given = text.strip()
    if given and not _DATABASE.match(given):
        raise SettingError(
            f"{variable} n'est pas accepté ; valeur acceptée : rien, ou une adresse postgresql://serveur/base.",
            f"{variable} is not accepted; accepted value: nothing, or an address postgresql://server/database.",
        )
    return given


def _statement(variable: str, text: str) -> str:
    """Who answers for something, in one line: a name, an address, a number of telephone."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_STATEMENT or not line.isprintable():
        raise SettingError(
            f"{variable} vaut « {line[:_LONGEST_EVENT]} » ; valeur acceptée : rien, ou {_LONGEST_STATEMENT} caractères au plus.",
            f"{variable} is “{line[:_LONGEST_EVENT]}”; accepted value: nothing, or {_LONGEST_STATEMENT} characters at most.",
        )
    return line


def _doi(variable: str, text: str) -> str:
    """A DOI without the address that resolves it, with which it may be given."""
    doi = text.strip().removeprefix("https://doi.org/")
    if doi and (not _DOI.fullmatch(doi) or set(doi) & set("\"'<>\\{}|^`")):
        raise SettingError(
            f"{variable} vaut « {text[:_LONGEST_EVENT]} » ; valeur acceptée : rien, ou un DOI, comme 10.5281/zenodo.1234567.",
            f"{variable} is “{text[:_LONGEST_EVENT]}”; accepted value: nothing, or a DOI, like 10.5281/zenodo.1234567.",
        )
    return doi


def _days(variable: str, text: str) -> int:
    """Nothing is 0: a number of days without end."""
    given = text.strip() or "0"
    if not re.fullmatch("[0-9]{1,4}", given) or int(given) > _MAX_DAYS:
        raise SettingError(
            f"{variable} vaut « {text[:_LONGEST_EVENT]} » ; valeurs acceptées : rien, ou de 0 (jamais) à {_MAX_DAYS} jours.",
            f"{variable} is “{text[:_LONGEST_EVENT]}”; accepted values: nothing, or 0 (never) to {_MAX_DAYS} days.",
        )
    return int(given)


def _zone(variable: str, text: str) -> str:
    name = text.strip()
    try:
        if name:
            ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise SettingError(
            f"{variable} vaut « {text[:80]} » ; valeur acceptée : rien, ou un fuseau horaire comme Europe/Paris.",
            f"{variable} is “{text[:80]}”; accepted value: nothing, or a time zone like Europe/Paris.",
        ) from None
    return name


def _setting(read: Callable[[str, str], object], text: str) -> dict[str, Any]:
    return {"read": read, "help": text}


@dataclass(frozen=True)
class Settings:
    """Read once at start; each field may come from `BIOCARTO_<NAME>`. Relative paths start at the project's root."""

    data: Path = field(default=ROOT / "data", metadata=_setting(_folder, "folder of the tables"))
    geo: Path = field(default=ROOT / "geo", metadata=_setting(_folder, "folder of the boundary layers"))
    allow_cdn: bool = field(
        default=False, metadata=_setting(_switch, "where front-end files are missing, let the browser ask Folium's own addresses")
    )
    ign_tiles: bool = field(
        default=False, metadata=_setting(_switch, "draw IGN's map tiles as the background (third party: data.geopf.fr)")
    )
    public_url: str = field(default="", metadata=_setting(_public, "address under which others reach this server; none: this machine only"))
    frame_ancestors: str = field(
        default="", metadata=_setting(_origins, "sites that may show the pages in a frame, with spaces between them")
    )
    serves: Serving = field(
        default=Serving.ALL, metadata=_setting(read_serving, "what this process answers: all, pages (and the desk), or programs")
    )
    api_rate: int = field(
        default=600,
        metadata=_setting(read_rate, "calls of programs a minute from one address, on a public server; 0: no limit"),
    )
    contact: str = field(default="", metadata=_setting(_mailbox, "address of e-mail that receives reports of errors in the register"))
    booth: bool = field(default=False, metadata=_setting(_switch, "open the stand on a public server; a laptop always has it"))
    booth_url: str = field(default="", metadata=_setting(_base, "address of the public site, for the links that visitors take away"))
    booth_pin: str = field(default="", repr=False, metadata=_setting(_pin, "4 to 12 digits that open the staff part; none keeps it closed"))
    booth_idle: int = field(
        default=60, metadata=_setting(_seconds, "seconds without a touch before the booth forgets a visitor, 10 to 3600")
    )
    booth_event: str = field(
        default="", metadata=_setting(_name, "name of the event, shown on the stand and kept with each need that is heard there")
    )
    booth_logo: str = field(
        default="", repr=False, metadata=_setting(_picture, "file of the logo of who holds the stand: a still PNG or SVG, 200 kB at most")
    )
    booth_zone: str = field(default="", metadata=_setting(_zone, "time zone of the event, like Europe/Paris; none: that of the machine"))
    store: str = field(
        default=str(ROOT / "var" / "register.sqlite"),
        repr=False,
        metadata=_setting(_store, "where the register is edited: a file of SQLite, or postgresql://… for several servers"),
    )
    features: str = field(
        default="",
        repr=False,
        metadata=_setting(_database, "postgresql://… with PostGIS that answers /ogc/, filled by this server; none: its own memory"),
    )
    official: Path = field(
        default=ROOT / "var" / "official",
        metadata=_setting(_folder, "folder of official files (INSEE, ministry of research) that you have put there; nothing is fetched"),
    )
    desk_editor: str = field(
        default="",
        metadata=_setting(_name, "name of the one person who edits on this machine without signing in; never on a public server"),
    )
    ban: str = field(
        default="", metadata=_setting(_service, "whole address of a national address base to ask from the desk (third party); none: off")
    )
    recherche_entreprises: str = field(
        default="", metadata=_setting(_service, "whole address of a Recherche d'entreprises to ask from the desk (third party); none: off")
    )
    needs: Path = field(default=ROOT / "var" / "needs.sqlite", metadata=_setting(_file, "file of the needs heard at the booth"))
    needs_days: int = field(
        default=0, metadata=_setting(_days, "days after which needs that were handled or deleted are erased for good; 0: never by itself")
    )
    publisher: str = field(
        default="", metadata=_setting(_statement, "who publishes this server, for the legal notice: name, seat, telephone, in one line")
    )
    director: str = field(default="", metadata=_setting(_statement, "name of the director of publication, for the legal notice"))
    host: str = field(
        default="", metadata=_setting(_statement, "who hosts this server, for the legal notice: name, address, telephone, in one line")
    )
    doi: str = field(default="", metadata=_setting(_doi, "DOI under which the register is deposited, for every citation: 10.1234/abc"))
    accessibility_scheme: str = field(
        default="", metadata=_setting(_base, "address of the publisher's plan of several years, for the declaration of accessibility")
    )

    @property
    def public_host(self) -> str:
        """The host of the public address, lower case and without its port; empty on a laptop."""
        return read_host(urlsplit(self.public_url).netloc)

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone of the event; None for that of the machine."""
        return ZoneInfo(self.booth_zone) if self.booth_zone else None

    @property
    def has_booth(self) -> bool:
        """Whether the stand and its form for needs are open here."""
        return self.booth or not self.public_url


def list_variables() -> dict[str, str]:
    """Environment variable -> name of the setting."""
    return {PREFIX + setting.name.upper(): setting.name for setting in fields(Settings)}


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; raises SettingError for an unknown name, or for a value with the accepted ones."""
    known = list_variables()
    readers = {setting.name: setting.metadata["read"] for setting in fields(Settings)}
    given: dict[str, Any] = {}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        if variable not in known:
            accepted = ", ".join(known)
            raise SettingError(f"{variable} n'existe pas ; réglages : {accepted}.", f"{variable} does not exist; settings: {accepted}.")
        given[known[variable]] = readers[known[variable]](variable, environ[variable])
    return _refuse_open_desk(replace(Settings(), **given))


def _refuse_open_desk(settings: Settings) -> Settings:
    """An editor without sign-in would be everybody on a server that others reach."""
    if settings.desk_editor and settings.public_url:
        raise SettingError(
            "BIOCARTO_DESK_EDITOR et BIOCARTO_PUBLIC_URL sont donnés ensemble : sur un serveur que d'autres atteignent, chacun écrirait "
            "sous ce nom. Retirez l'un des deux, et ouvrez l'atelier par une connexion (docs/atelier.md).",
            "BIOCARTO_DESK_EDITOR and BIOCARTO_PUBLIC_URL are given together: on a server that others reach, everybody would write under "
            "this name. Remove one of them, and open the desk by a sign-in (docs/atelier.md).",
        )
    return settings
