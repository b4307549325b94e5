"""What leads from each version of the store to the next; a new store takes all steps, so that an old one ends as a new one.

Text, integers and reals only (TEXT, INTEGER, REAL): the same SQL makes both kinds of database, see `spell`. Where PostGIS is, it adds a
column that it keeps by itself.
"""

from __future__ import annotations

import re

from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import Transaction

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE store_version (version INTEGER NOT NULL)",
        "INSERT INTO store_version (version) VALUES (0)",
        """
        CREATE TABLE change_set (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            kind TEXT NOT NULL,
            act TEXT NOT NULL,
            undoes INTEGER REFERENCES change_set (number),
            request TEXT NOT NULL UNIQUE
        )
        """,
        """
        CREATE TABLE fact (
            number INTEGER PRIMARY KEY,
            change_set INTEGER NOT NULL REFERENCES change_set (number),
            resource TEXT NOT NULL,
            row_id TEXT NOT NULL,
            field TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            as_of TEXT NOT NULL,
            confidence TEXT NOT NULL,
            source_url TEXT NOT NULL,
            source_title TEXT NOT NULL
        )
        """,
        "CREATE INDEX fact_by_row ON fact (resource, row_id, number)",
        "CREATE INDEX fact_by_change_set ON fact (change_set)",
        """
        CREATE TABLE register_row (
            resource TEXT NOT NULL,
            id TEXT NOT NULL,
            place INTEGER NOT NULL,
            version INTEGER NOT NULL REFERENCES change_set (number),
            latitude REAL,
            longitude REAL,
            cells TEXT NOT NULL,
            PRIMARY KEY (resource, id)
        )
        """,
        """
        CREATE TABLE edition (
            name TEXT PRIMARY KEY,
            number INTEGER NOT NULL UNIQUE,
            upto INTEGER NOT NULL REFERENCES change_set (number),
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            notes TEXT NOT NULL,
            sha256 TEXT NOT NULL
        )
        """,
        "CREATE TABLE content (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL)",
        """
        CREATE TABLE edition_file (
            edition TEXT NOT NULL REFERENCES edition (name),
            path TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES content (sha256),
            PRIMARY KEY (edition, path)
        )
        """,
        """
        CREATE TABLE member (
            id TEXT PRIMARY KEY,
            mail TEXT NOT NULL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            invited_by TEXT NOT NULL,
            invited_at TEXT NOT NULL,
            seen_at TEXT NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX member_by_mail ON member (mail) WHERE mail <> ''",
        "CREATE UNIQUE INDEX member_by_subject ON member (issuer, subject) WHERE subject <> ''",
        """
        CREATE TABLE proposal (
            id TEXT PRIMARY KEY,
            number INTEGER NOT NULL UNIQUE,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            resource TEXT NOT NULL,
            row_id TEXT NOT NULL,
            based_on INTEGER NOT NULL,
            cells TEXT NOT NULL,
            message TEXT NOT NULL,
            source_url TEXT NOT NULL,
            who TEXT NOT NULL,
            contact TEXT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT NOT NULL,
            decided_by TEXT NOT NULL,
            decided_at TEXT NOT NULL,
            change_set INTEGER REFERENCES change_set (number)
        )
        """,
        "CREATE INDEX proposal_by_state ON proposal (state, number)",
        "CREATE TABLE remark (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    (
        "CREATE TABLE column_choice (shape TEXT PRIMARY KEY, resource TEXT NOT NULL, fields TEXT NOT NULL, at TEXT NOT NULL)",
        """
        CREATE TABLE verdict (
            kind TEXT NOT NULL,
            row_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            verdict TEXT NOT NULL,
            reason TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            change_set INTEGER REFERENCES change_set (number),
            PRIMARY KEY (kind, row_id, subject)
        )
        """,
    ),
    (
        """
        CREATE TABLE token (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            hash TEXT NOT NULL,
            made_by TEXT NOT NULL,
            made_at TEXT NOT NULL,
            used_on TEXT NOT NULL,
            revoked_at TEXT NOT NULL
        )
        """,
        "ALTER TABLE proposal ADD COLUMN form TEXT NOT NULL DEFAULT ''",
    ),
)

POSTGIS = {
    1: (
        "CREATE EXTENSION IF NOT EXISTS postgis",
        "ALTER TABLE register_row ADD COLUMN point geometry(Point, 4326) GENERATED ALWAYS AS "
        "(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)) STORED",
        "CREATE INDEX register_row_by_point ON register_row USING gist (point)",
    ),
}
"""Version -> what PostgreSQL does beside the step that leads to it."""

VERSION = len(STEPS)


_OURS = {"store_version", "change_set", "fact"}
"""Tables without which a database is another program's."""


def read_version(transaction: Transaction, named: str) -> int:
    """Version of the tables, 0 where there are none; raises StoreError for another program's database, or a newer BioCarto's."""
    tables = transaction.list_tables()
    if not tables:
        return 0
    if not tables >= _OURS:
        raise StoreError(StoreTrouble.FOREIGN, named)
    rows = transaction.execute("SELECT version FROM store_version")
    if len(rows) != 1:
        raise StoreError(StoreTrouble.DAMAGED, named)
    version = rows[0][0]
    if version > VERSION:
        raise StoreError(StoreTrouble.NEWER, named)
    return int(version)


def migrate(transaction: Transaction, named: str, upto: int = VERSION) -> None:
    """Bring the store to a version inside of one write transaction; raises StoreError as `read_version` does."""
    version = read_version(transaction, named)
    for number in range(version + 1, upto + 1):
        for statement in STEPS[number - 1]:
            transaction.execute(spell(statement, transaction.has_postgis))
        for statement in POSTGIS.get(number, ()) if transaction.has_postgis else ():
            transaction.execute(statement)
    if version < upto:
        transaction.execute("UPDATE store_version SET version = ?", (upto,))


def spell(statement: str, for_postgres: bool) -> str:
    """A step as one kind of database has to be told, so that both mean the same.

    PostgreSQL sorts text as bytes, whatever its locale, and keeps reals whole; SQLite refuses a value of the wrong type.
    """
    if for_postgres:
        return re.sub(r"\bREAL\b", "DOUBLE PRECISION", re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', statement))
    return f"{statement.rstrip()} STRICT" if statement.lstrip().startswith("CREATE TABLE") else statement
