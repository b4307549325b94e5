"""Lets an editor's session send a file to Streamlit, and nobody else's: asked before a byte is read, bounded while it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import anyio
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from biocarto.errors import AppError
from biocarto.server.refusals import Refusal, send_refusal
from biocarto.upload_limits import MOST_BYTES, MOST_FILES, UploadOutcome, UploadRegister

UPLOAD = "/_stcore/upload_file"
METHODS = frozenset({"PUT", "DELETE"})
"""How Streamlit's client gives a file, and takes it away."""
MOST_BODY = MOST_BYTES + 64 * 1024
"""Bytes of a request: the file, and what a form sets around it."""
SLOWEST = 180.0
"""Seconds that a file may take: 20 MB at one megabit per second."""
_ADDRESS = re.compile(rf"{UPLOAD}/([0-9a-f-]{{36}})/([0-9a-f-]{{36}})")
_CLOSE = {"Connection": "close"}
"""What is still on its way is not waited for."""


class BodyTooLongError(Exception):
    """More bytes came than a file may have."""


def refuse_upload() -> Refusal:
    """For every session that is not an editor's in the room of the import, whether it exists or not."""
    return Refusal(
        413,
        "Ce serveur ne prend de fichier que d'un éditeur du registre, dans la partie « Importer » de l'atelier ouverte depuis moins de "
        "15 minutes. Rien n'a été gardé. Rouvrez cette partie, puis redonnez le fichier.",
        "This server takes a file from an editor of the register only, in the part “Import” of the desk, opened less than 15 minutes "
        "ago. Nothing was kept. Open that part again, then give the file anew.",
        _CLOSE,
    )


def _refuse_role() -> Refusal:
    return Refusal(
        403,
        "Vous n'avez plus le droit d'importer dans le registre. Rien n'a été gardé. Demandez-le à un administrateur de l'atelier.",
        "You have no right any more to import into the register. Nothing was kept. Ask an administrator of the desk for it.",
        _CLOSE,
    )


def _refuse_number() -> Refusal:
    return Refusal(
        413,
        f"Une session donne {MOST_FILES} fichiers au plus à la fois. Rien n'a été gardé de celui-ci. Appliquez ou annulez l'import ouvert.",
        f"A session gives {MOST_FILES} files at most at a time. Nothing was kept of this one. Apply or cancel the import in hand.",
        _CLOSE,
    )


def _refuse_size() -> Refusal:
    most = MOST_BYTES // 1024**2
    return Refusal(
        413,
        f"Un fichier a {most} Mo au plus. Rien n'a été gardé de celui-ci. Partagez-le en deux, ou retirez-en les feuilles inutiles.",
        f"A file has {most} MB at most. Nothing was kept of this one. Split it in two, or remove the sheets that are not needed.",
        _CLOSE,
    )


def _refuse_slowness() -> Refusal:
    return Refusal(
        408,
        f"Le fichier n'est pas arrivé en {SLOWEST:.0f} secondes. Rien n'a été gardé. Réessayez par une liaison plus rapide.",
        f"The file did not arrive within {SLOWEST:.0f} seconds. Nothing was kept. Try again over a faster connection.",
        _CLOSE,
    )


_REFUSALS = {UploadOutcome.UNKNOWN: refuse_upload, UploadOutcome.DENIED: _refuse_role, UploadOutcome.FULL: _refuse_number}


class UploadGate:
    """Stands around Streamlit's address of uploads; `seconds` is how long one may take."""

    def __init__(self, app: ASGIApp, permits: UploadRegister, seconds: float = SLOWEST) -> None:
        self._app, self._permits, self._seconds = app, permits, seconds

    @staticmethod
    def concerns(scope: Scope, path: str) -> bool:
        """Whether a request is one that this gate decides about; `path` is without the base."""
        return scope["type"] == "http" and scope["method"] in METHODS and _ADDRESS.fullmatch(path) is not None

    async def answer(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        """Hand a file on to Streamlit, or refuse it without reading it."""
        matched = _ADDRESS.fullmatch(path)
        session, file = matched.groups() if matched else ("", "")
        if scope["method"] == "DELETE":
            await self._remove(scope, receive, send, session, file)
            return
        refusal = _find_length_refusal(scope) if self._permits.has(session) else refuse_upload()
        refusal = refusal or await self._claim(session, file)
        if refusal:
            await send_refusal(refusal, scope, receive, send)
            return
        is_kept, again = False, {**scope, "method": "DELETE"}
        try:
            is_kept = await self._hand_on(scope, receive, send, partial(self._permits.holds, session, file))
            if not is_kept:  # it may have been stored all the same
                await self._app(again, _receive_nothing, _send_nobody)
        finally:
            if not is_kept:
                self._permits.release(session, file)

    async def _claim(self, session: str, file: str) -> Refusal | None:
        """None where there is a place for the file; the role is read from the store now."""
        try:
            outcome = await to_thread.run_sync(self._permits.claim, session, file)
        except AppError as error:
            return Refusal(503, error.message("fr"), error.message("en"), _CLOSE | {"Retry-After": "30"})
        return None if outcome is UploadOutcome.ALLOWED else _REFUSALS[outcome]()

    async def _remove(self, scope: Scope, receive: Receive, send: Send, session: str, file: str) -> None:
        """A file that somebody takes away again; only a session with a permit has any."""
        if not self._permits.has(session):
            await send_refusal(refuse_upload(), scope, receive, send)
        elif await self._hand_on(scope, receive, send):
            self._permits.release(session, file)

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send, is_wanted: Callable[[], bool] = lambda: True) -> bool:
        """Whether Streamlit has taken the request; it is cut off where it is too long or slow, refused once it is not wanted any more."""
        taken, status, is_cut, is_late = 0, 0, False, False

        async def receive_bounded() -> Message:
            nonlocal taken, is_cut
            message = await receive()
            taken += len(message.get("body", b""))
            is_cut = taken > MOST_BODY
            if is_cut:
                raise BodyTooLongError
            return message

        async def send_noting(message: Message) -> None:
            nonlocal status, is_late
            if message["type"] == "http.response.start" and not is_cut:
                is_late = 200 <= message["status"] < 300 and not is_wanted()
                status = 0 if is_late else message["status"]
            if not is_cut and not is_late:  # what others make of our error is not sent
                await send(message)

        refusal = None
        try:
            with anyio.fail_after(self._seconds):
                await self._app(scope, receive_bounded, send_noting)
            refusal = refuse_upload() if is_late else None
        except BodyTooLongError:
            refusal = _refuse_size()
        except TimeoutError:
            refusal = _refuse_slowness()
        if refusal and not status:
            await send_refusal(refusal, scope, receive, send)
        return not refusal and 200 <= status < 300


async def _receive_nothing() -> Message:
    """A request without a body."""
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send_nobody(_message: Message) -> None:
    """An answer that nobody waits for."""


def _find_length_refusal(scope: Scope) -> Refusal | None:
    """Why a request is not read at all: what it says of its length; None where it says nothing."""
    given = Headers(scope=scope).get("content-length")
    if given is None or (given.isascii() and given.isdecimal() and len(given) < 12 and int(given) <= MOST_BODY):
        return None
    return _refuse_size()
