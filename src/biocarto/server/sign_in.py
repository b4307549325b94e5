"""The three addresses by which Streamlit signs people in and out: who may ask them, and where they lead when they are done.

Their answers are Streamlit's; what is changed is where a browser is sent afterwards, and that a failure is told in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from biocarto.addresses import DESK, OUTCOME, SignInOutcome
from biocarto.config import strip_base
from biocarto.server.refusals import Refusal, send_refusal

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
ADDRESSES = frozenset({LOGIN, LOGOUT, CALLBACK})
_BELOW = re.compile(r"/(auth|oauth2callback)(/.*)?")
_SIGNED_IN = re.compile(r'_streamlit_user=(?!"")[^;]+;(?!.*max-age=0)', re.IGNORECASE)
"""A cookie that says who somebody is, and none that takes it away."""


def find_sign_in_refusal(scope: Scope, path: str, signs_in: Callable[[], bool]) -> Refusal | None:
    """Why a request for one of these addresses, or for what stands below them, is not served; None for every other `path` too."""
    if _BELOW.fullmatch(path) is None:
        return None
    if path not in ADDRESSES or scope["type"] != "http" or not signs_in():
        return Refusal(
            404,
            f"Il n'y a rien à l'adresse {path[:200]}. Vérifiez le lien, ou partez de la page d'accueil.",
            f"There is nothing at {path[:200]}. Check the link, or start from the first page.",
        )
    if scope["method"] != "GET":
        return Refusal(
            405,
            "Cette adresse s'ouvre seulement (GET). Rien n'a été modifié.",
            "This address can only be opened (GET). Nothing was changed.",
            {"Allow": "GET"},
        )
    if path == LOGOUT and Headers(scope=scope).get("sec-fetch-site") == "cross-site":
        return Refusal(
            403,
            "Une page d'un autre site demande votre déconnexion. Vous êtes toujours connecté. Déconnectez-vous depuis l'atelier.",
            "A page of another site asks to sign you out. You are still signed in. Sign out at the desk.",
        )
    return None


def _refuse_silent_provider() -> Refusal:
    return Refusal(
        503,
        "Le fournisseur d'identité ne répond pas, ou son adresse est mal réglée. Vous n'êtes pas connecté, rien n'a été modifié. "
        "Revenez à l'atelier et réessayez dans un instant ; si cela revient, dites-le à l'exploitant.",
        "The provider of identities does not answer, or its address is wrong. You are not signed in, nothing was changed. "
        "Go back to the desk and try again in a moment; if it comes back, tell the operator.",
        {"Retry-After": "30"},
    )


def _find_outcome(path: str, query: str, headers: MutableHeaders) -> SignInOutcome | None:
    """How a sign-in ended that leads back to our pages; None where it ended well, and after a sign-out."""
    if path == LOGIN:
        return SignInOutcome.FAILED
    if path == LOGOUT or any(_SIGNED_IN.match(cookie) for cookie in headers.getlist("set-cookie")):
        return None
    given = parse_qs(query, keep_blank_values=True)
    if "error" in given:
        return SignInOutcome.REFUSED
    return SignInOutcome.FAILED if "code" in given else None


class SignInAnswers:
    """ASGI middleware around Streamlit's addresses of sign-in; `secure`: the public address is https, and so is every cookie."""

    def __init__(self, app: ASGIApp, base: str = "", secure: bool = False) -> None:
        self._app, self._base, self._secure = app, base, secure

    def _lead_back(self, headers: MutableHeaders, path: str, query: str) -> None:
        """To the desk, where Streamlit would lead to the first page; a provider's own address stays."""
        headers["Cache-Control"] = "no-store"
        if headers.get("location") not in {self._base, f"{self._base}/"}:
            return
        outcome = _find_outcome(path, query, headers)
        headers["Location"] = f"{self._base}/{DESK}" + (f"?{OUTCOME}={outcome}" if outcome else "")

    def _secure_cookies(self, headers: MutableHeaders) -> None:
        cookies = headers.getlist("set-cookie")
        if self._secure and cookies:
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie if re.search(r";\s*secure\b", cookie, re.IGNORECASE) else f"{cookie}; Secure")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; where the provider cannot be asked, say so instead of Streamlit's two words."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = strip_base(str(scope["path"]), self._base)
        silent = False

        async def send_changed(message: Message) -> None:
            nonlocal silent
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._secure_cookies(headers)
                if path in ADDRESSES:
                    self._lead_back(headers, path, scope["query_string"].decode("latin-1"))
                silent = path == LOGIN and message["status"] == 400
            if not silent:
                await send(message)

        await self._app(scope, receive, send_changed)
        if silent:
            await send_refusal(_refuse_silent_provider(), scope, receive, send)
