"""`/healthz`: ready when the catalogue is read, with version and edition; else 503 and why."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from anyio import Lock as AsyncLock
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import biocarto
from biocarto.errors import AppError
from biocarto.server.refusals import Refusal, answer_refusal

_LOG = logging.getLogger(__name__)
FRESH = 2.0
"""Seconds that an answer is kept: a folder that cannot be read is not read again for each who asks."""


class HealthEndpoint:
    """Asks `read_edition` for the edition that the pages show (it raises AppError where they cannot)."""

    def __init__(self, read_edition: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._read_edition, self._clock, self._lock, self._turn = read_edition, clock, Lock(), AsyncLock()
        self._known: str | AppError = ""
        self._until = float("-inf")

    def find_edition(self) -> str | AppError:
        """The edition, or what keeps the pages from showing one; at most `FRESH` seconds old."""
        with self._lock:
            if self._clock() >= self._until:
                try:
                    self._known = self._read_edition()
                except AppError as error:
                    self._known = error
                except Exception as error:  # noqa: BLE001 - a disk that fails is no readiness either
                    _LOG.exception("The edition cannot be read.")
                    self._known = AppError(str(error), str(error))
                self._until = self._clock() + FRESH
            return self._known

    async def __call__(self, request: Request) -> Response:
        """Answer one question."""
        async with self._turn:  # one thread is enough, however many ask
            edition = await to_thread.run_sync(self.find_edition)
        if isinstance(edition, AppError):
            refusal = Refusal(
                503,
                "Les données ne peuvent pas être montrées. Aucun fichier n'a été modifié. La page d'accueil dit ce qu'il faut corriger.",
                "The pages cannot show the data. No file was changed. The first page says what has to be corrected.",
                {"Retry-After": "30"},
            )
            return answer_refusal(refusal, request.headers.get("accept", ""))
        ready = {"status": "ready", "version": biocarto.__version__, "edition": edition}
        return JSONResponse(ready, headers={"Cache-Control": "no-store"})
