"""Tells browsers ahead what a page with a map is going to ask for, so that it arrives while the scripts before it still run.

streamlit-folium asks for the files of a map one after the other, and Streamlit for the part that shows it only when the page has
run: on a slow line each would be a wait of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from biocarto.addresses import is_program
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
    """The `Link` header of an answer: of pages, and of the frames of maps."""

    def __init__(self, manifest: Manifest, page_hints: Iterable[str]) -> None:
        self._manifest = manifest
        self._page = ", ".join(page_hints)

    def find_hints(self, path: str, kind: str) -> str:
        """The header for what was found at a path below the base, empty where there is nothing to tell; `kind` is its Content-Type."""
        if path == FRAME:
            return ", ".join(list_frame_hints(self._manifest()))
        is_page = kind.startswith("text/html") and not path.startswith("/component/") and not is_program(path)
        return self._page if is_page else ""
