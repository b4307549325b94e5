"""The needs as files for the AIS and the Region: cells that no spreadsheet runs, times by the clocks of the event."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

import xlsxwriter

from biocarto.booth.needs import Need, find_local_time, read_moment
from biocarto.booth.needs_desk import NeedState, find_state
from biocarto.i18n import Locale
from biocarto.model import CATEGORY_LABELS, LEVEL_LABELS, N_, Category, Level
from biocarto.register.catalogue import Catalogue
from biocarto.render.text import clean, disarm_text

_TITLE = N_("Besoins entendus")
_STYLES = ({"bold": True}, {"num_format": "yyyy-mm-dd hh:mm:ss"}, {"text_wrap": True})
_COLUMNS = {
    N_("Numéro"): 9,
    N_("Date et heure (locales)"): 20,
    N_("Fuseau"): 11,
    N_("Événement"): 26,
    N_("Catégorie"): 24,
    N_("Niveau"): 16,
    N_("Code"): 12,
    N_("Territoire"): 30,
    N_("Besoin"): 90,
    N_("État"): 12,
    N_("Traité le (heure locale)"): 20,
    N_("Identifiant"): 36,
}
"""Header -> width in a spreadsheet."""

STATES = {NeedState.OPEN: N_("À traiter"), NeedState.HANDLED: N_("Traité"), NeedState.DELETED: N_("Supprimé")}
"""What the state of one need is called."""

Names = Mapping[tuple[str, str], str]
"""(level, code) -> name of the territory; what is not there stays without a name."""


@dataclass(frozen=True)
class Wording:
    """What the words and times of a file depend on: the names of territories, the language, the zone of old needs (None: the machine's)."""

    names: Names
    t: Locale
    zone: tzinfo | None = None


def name_territories(catalogue: Catalogue, t: Locale) -> Names:
    """(level, code) -> name, for what the form offers."""
    territory = catalogue.territory
    found = {(Level.DEPARTMENT.value, str(code)): str(name) for code, name in territory.departments["name"].items()}
    found |= {(Level.REGION.value, str(code)): str(name) for code, name in territory.regions["name"].items()}
    return found | {(Level.COUNTRY.value, "FR"): t("France")}


def name_category(need: Need, t: Locale) -> str:
    """A category that this version does not know stays as it is."""
    return t(CATEGORY_LABELS[Category(need.category)]) if need.category in set(Category) else need.category


def _name_level(need: Need, t: Locale) -> str:
    return t(LEVEL_LABELS[Level(need.level)]) if need.level in set(Level) else need.level


def _find_handling_time(need: Need, heard: datetime | None) -> datetime | str:
    """By the same clocks as when it was heard."""
    moment = read_moment(need.handled)
    return moment.astimezone(heard.tzinfo) if moment and heard else need.handled


def _cells(need: Need, wording: Wording) -> list[int | str | datetime]:
    """One for each column, as it is typed in a spreadsheet; times with their zone."""
    t, heard = wording.t, find_local_time(need, wording.zone)
    place = wording.names.get((need.level, need.territory), "")
    where = [name_category(need, t), _name_level(need, t), need.territory, place]
    state = t(STATES[find_state(need)])
    return [
        need.seq,
        heard or need.made,
        f"UTC{heard.isoformat()[-6:]}" if heard else "",
        need.event,
        *where,
        need.text,
        state,
        _find_handling_time(need, heard),
        need.id,
    ]


def _safe(cell: int | str | datetime) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return str(disarm_text(clean(cell)))


def write_csv(needs: Iterable[Need], wording: Wording) -> bytes:
    """For Excel: byte-order mark, semicolons; one row per need in the order given, a line break stays inside its cell."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([wording.t(header) for header in _COLUMNS])
    writer.writerows([_safe(cell) for cell in _cells(need, wording)] for need in needs)
    return target.getvalue().encode("utf-8-sig")


def write_xlsx(needs: Iterable[Need], wording: Wording, made: date) -> bytes:
    """A workbook of one sheet: number and times typed, everything else text; `made` is the day of the export."""
    target, t = io.BytesIO(), wording.t
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": t(_TITLE), "created": datetime.combine(made, time())})
        sheet = book.add_worksheet(t(_TITLE))
        bold, moment, text = (book.add_format({**style, "valign": "top"}) for style in _STYLES)
        for column, (header, width) in enumerate(_COLUMNS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, t(header), bold)
        sheet.freeze_panes(1, 0)
        for line, need in enumerate(needs, start=1):
            for column, cell in enumerate(_cells(need, wording)):
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, column, cell.replace(tzinfo=None), moment)
                elif isinstance(cell, int):
                    sheet.write_number(line, column, cell)
                else:
                    sheet.write_string(line, column, _safe(cell), text)
    return target.getvalue()
