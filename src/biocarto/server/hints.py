"""Tells browsers ahead what a page with a map is going to ask for, so that it arrives while the scripts before it still run.

streamlit-folium asks for the files of a map one after the other, and Streamlit for the part that shows it only when the page has
run: on a slow line each would be a wait of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from biocarto.maps.base import SCRIPTS, STYLES

FRAME = "/component/streamlit_folium.st_folium/index.html"
CHUNKS = ("ComponentInstance", "IFrameUtil", "urls", "withCalculatedWidth")
"""The parts of Streamlit's client that show a component."""

Manifest = Callable[[], Mapping[str, str]]


def list_frame_hints(manifest: Mapping[str, str]) -> list[str]:
    """What the frame of a map loads: our scripts and styles, by the file names of `manifest`."""
    kinds = [(name, "script") for name in SCRIPTS] + [(name, "style") for name in STYLES]
    return [f"<../../assets/{manifest[name]}>; rel=preload; as={kind}" for name, kind in kinds if name in manifest]


def list_page_hints(client: Path, component: Path) -> list[str]:
    """What a page asks for once it has run: parts of Streamlit's client and the script of the frame, as far as they have these names."""
    chunks = [path for chunk in CHUNKS for path in sorted((client / "static" / "js").glob(f"{chunk}.*.js"))]
    frame = sorted((component / "static" / "js").glob("main.*.js"))
    return [f"<./static/js/{path.name}>; rel=modulepreload" for path in chunks] + [
        f"<.{FRAME.rpartition('/')[0]}/static/js/{path.name}>; rel=prefetch; as=script" for path in frame
    ]


class LoadingHints:
    """ASGI middleware that adds `Link` headers to pages and to the frames of maps."""

    def __init__(self, app: ASGIApp, manifest: Manifest, page_hints: list[str], base: str = "") -> None:
        self._app, self._manifest, self._base = app, manifest, base
        self._page = ", ".join(page_hints)

    def _find_hints(self, path: str, kind: str) -> str:
        inner = path.removeprefix(self._base)
        if inner == FRAME:
            return ", ".join(list_frame_hints(self._manifest()))
        return self._page if kind.startswith("text/html") and not inner.startswith("/component/") else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve with hints added to what was found."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_hints(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                if hints := self._find_hints(scope["path"], headers.get("content-type", "")):
                    headers["Link"] = hints
            await send(message)

        await self._app(scope, receive, send_with_hints)
