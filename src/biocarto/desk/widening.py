"""The description of an older register brought to what the product knows today: columns and codes more, nothing less, no cell changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from biocarto.desk.description import DESCRIPTION, TEXT, read_text
from biocarto.desk.facts import ActName, ChangeKind, ChangeSet, Edit, Header
from biocarto.desk.ledger import find_last_number, record
from biocarto.desk.members import OPERATOR
from biocarto.desk.rules import LONGEST_WHY
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.store.database import Store

Described = dict[str, Any]
_NAMES = ("created", "edition")
_TEXTS = ("description", "description_en", "expected")


def widen_register(store: Store, folder: Path) -> tuple[ChangeSet, tuple[str, ...]] | None:
    """Add to a register's description what that of a folder has more, as one act of the operator, and say which columns changed.

    None where there is nothing to add. Only what can break no row: columns that may be empty, codes more, a column that need not be
    filled any more. Raises DataError where there is no register, or the folder's description cannot be used.
    """
    newer = (folder / PACKAGE).read_text(encoding="utf-8-sig")
    parse_package(newer)
    with store.write() as transaction:
        text = read_text(transaction)
        wider, columns = widen_text(text, newer)
        if not columns:
            return None
        parse_package(wider)
        why = f"Colonnes et codes de cette version : {', '.join(columns)}"
        request = f"widen-{find_last_number(transaction)}-{sha256(wider.encode()).hexdigest()}"  # another one once this was undone
        header = Header(OPERATOR.id, why[:LONGEST_WHY], request, ChangeKind.IMPORT, ActName.IMPORT)
        made = record(transaction, header, [Edit(DESCRIPTION, PACKAGE, TEXT, text, wider)])
    return (made, columns) if made else None


def widen_text(text: str, newer: str) -> tuple[str, tuple[str, ...]]:
    """A description with what a newer one has more, and the columns that it gained or that take more, as `actors.latitude`."""
    own, other = json.loads(text), json.loads(newer)
    tables = {resource["name"]: resource for resource in own["resources"]}
    changed = [
        f"{resource['name']}.{name}"
        for resource in other["resources"]
        if resource["name"] in tables
        for name in _widen_fields(tables[resource["name"]]["schema"]["fields"], resource["schema"]["fields"])
    ]
    if changed and _outline(own) == _outline(other):  # the same tables: its words too, so that its folder says nothing else
        own = other | {name: own[name] for name in _NAMES if name in own}
    return json.dumps(own, ensure_ascii=False, indent=2) + "\n", tuple(changed)


def _widen_fields(fields: list[Described], newer: Sequence[Described]) -> Iterator[str]:
    """Widen a list of columns in place, and name those that changed."""
    known = {field["name"]: field for field in fields}
    before = ""
    for field in newer:
        name = field["name"]
        if name in known:
            if _widen_field(known[name], field):
                yield name
        elif not field.get("constraints", {}).get("required"):
            place = [other["name"] for other in fields].index(before) + 1 if before else 0
            fields.insert(place, field)
            yield name
        else:
            continue
        before = name


def _widen_field(field: Described, newer: Described) -> bool:
    """Whether a column has taken codes more, or may be empty now; its words are then the newer ones."""
    is_wider = False
    for member in ("constraints", "items"):
        own, other = field.get(member, {}), newer.get(member, {})
        codes = [code for code in other.get("enum", ()) if code not in own.get("enum", ())]
        if "enum" in own and codes:
            own["enum"] = [*(code for code in own["enum"] if code not in other["enum"]), *other["enum"]]
            is_wider = True
        if own.get("required") and not other.get("required"):
            del own["required"]
            is_wider = True
    if is_wider:
        field |= {text: newer[text] for text in _TEXTS if text in newer}
    return is_wider


def _outline(package: Described) -> list[tuple[str, str, list[Described]]]:
    """What a description asks of cells, without its words."""
    return [
        (
            resource["name"],
            resource["path"],
            [{name: value for name, value in field.items() if name not in _TEXTS} for field in resource["schema"]["fields"]],
        )
        for resource in package["resources"]
    ]
