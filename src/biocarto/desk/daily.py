"""What is erased by the clock: once as a server starts, then every day. Nothing that fails here stops anything else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from biocarto.booth import needs_desk
from biocarto.config import Settings
from biocarto.desk import duties
from biocarto.errors import AppError
from biocarto.store.database import open_store

_LOG = logging.getLogger(__name__)
DAY = 24 * 3600.0
"""Seconds between two rounds."""


@dataclass(frozen=True)
class TidiedRound:
    """What one round erased."""

    contacts: int = 0
    members: int = 0
    needs: int = 0


def tidy(settings: Settings, now: datetime | None = None) -> TidiedRound:
    """Erase what nobody needs any more, of the desk and of the stand; raises StoreError, NeedsError. Makes no file where there is none."""
    moment = now or datetime.now(UTC)
    store = open_store(settings.store)
    try:
        people = duties.tidy_people(store, moment) if store.exists() else duties.TidiedPeople()
    finally:  # neither waits for the other to be mended
        erased = needs_desk.erase_settled(settings.needs, moment - timedelta(days=settings.needs_days)) if settings.needs_days else 0
    return TidiedRound(people.contacts, people.members, erased)


def start(settings: Settings, wait: Callable[[float], object] | None = None) -> threading.Thread:
    """Tidy now and every day from now on, beside the server; `wait` sleeps for so many seconds and says whether to stop."""
    pause = wait or threading.Event().wait
    thread = threading.Thread(target=_run, args=(settings, pause), name="biocarto-daily", daemon=True)
    thread.start()
    return thread


def _run(settings: Settings, pause: Callable[[float], object]) -> None:
    while True:
        try:
            done = tidy(settings)
            if done != TidiedRound():
                _LOG.info("Erased by the clock: %d contacts, %d members, %d needs.", done.contacts, done.members, done.needs)
        except AppError as error:
            _LOG.warning("%s", error.message("en"))
        except Exception:  # noqa: BLE001 - the next day is another try
            _LOG.exception("What nobody needs any more could not be erased.")
        if pause(DAY):
            return
