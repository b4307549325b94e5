"""A real Firefox without a window, steered by WebDriver BiDi: pages, frames, real clicks, downloads, and what policies refuse."""

from __future__ import annotations

import json
import subprocess
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

from tests.browser import ports
from tests.services.programs import find_program

PATIENCE = 120
"""Seconds that a start, or something on a page, may take on a busy machine."""
_QUIET = """user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.download.folderList", 2);
"""
_LISTEN = """() => {
    window.bcRefused = [];
    document.addEventListener("securitypolicyviolation", found => window.bcRefused.push(`${found.effectiveDirective} ${found.blockedURI}`));
}"""

_MIDDLE = """(() => {
    const node = document.querySelector(SELECTOR);
    node?.scrollIntoView({ block: "nearest" });
    const box = node?.getBoundingClientRect();
    const frame = window.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return box?.width && JSON.stringify([frame.left + box.left + box.width / 2, frame.top + box.top + box.height / 2]);
})()"""


class Firefox:
    """One browser with a profile of its own, as long as the `with` lasts."""

    def __init__(self, folder: Path) -> None:
        self._profile = folder / "profile"
        self._profile.mkdir()
        self.downloads = folder / "downloads"
        place = f'user_pref("browser.download.dir", {json.dumps(str(self.downloads))});\n'
        (self._profile / "user.js").write_text(_QUIET + place)
        self._numbers, self._opened = count(1), ExitStack()
        self._errors: list[str] = []

    def __enter__(self) -> Self:
        program, port = find_program("firefox-esr"), ports.take()
        command = [program, "--headless", "--no-remote", "--profile", str(self._profile), f"--remote-debugging-port={port}", "about:blank"]
        nothing = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)
        self._opened.callback(self._end)
        try:
            self._socket = self._reach(port)
            self._do("session.new", capabilities={})
            self._do("session.subscribe", events=["log.entryAdded"])
            self.prepare(_LISTEN)
            self._page: str = self._do("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self._opened.close()
            raise
        return self

    def _reach(self, port: int) -> ClientConnection:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            try:
                return self._opened.enter_context(connect(f"ws://127.0.0.1:{port}/session", max_size=None, open_timeout=PATIENCE))
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("Firefox did not start")

    def _do(self, method: str, **params: Any) -> dict[str, Any]:
        """One command and its result; RuntimeError with what Firefox says where it fails."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv(PATIENCE))).get("id") != number:
            self._listen(answer)
        if answer["type"] != "success":
            raise RuntimeError(f"{method}: {answer.get('message')}")
        return dict(answer["result"])

    def _listen(self, event: dict[str, Any]) -> None:
        """Keep what the console calls an error."""
        said = event.get("params", {})
        if event.get("method") == "log.entryAdded" and said["level"] == "error":
            self._errors.append(str(said["text"]))

    def prepare(self, script: str) -> None:
        """Run a function in every document to come, before its own scripts."""
        self._do("script.addPreloadScript", functionDeclaration=script)

    def take_errors(self) -> list[str]:
        """The errors of the console, of the page and its frames, since they were last taken."""
        self.ask("0")
        errors, self._errors = self._errors, []
        return errors

    def resize(self, width: int, height: int) -> None:
        """A window whose page has this size, in pixels."""
        self._do("browsingContext.setViewport", context=self._page, viewport={"width": width, "height": height})

    def click(self, x: float, y: float) -> None:
        """A mouse comes to a point of the window, presses and lets go, in pixels from its corner."""
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y)}, *({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))]
        self._do("input.performActions", context=self._page, actions=[{"type": "pointer", "id": "mouse", "actions": moves}])

    def click_on(self, selector: str, *, in_frame: bool = False) -> None:
        """Click in the middle of the first element that a selector finds, once it is there, wherever the page has to scroll for it."""
        found = json.dumps(selector)
        where = self.wait_for(_MIDDLE.replace("SELECTOR", found), in_frame=in_frame)
        self.click(*json.loads(where))

    def receive_file(self) -> Path:
        """The one file that was downloaded, once it is complete; it is no longer among the downloads the next time."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            files = list(self.downloads.glob("*")) if self.downloads.exists() else []
            if len(files) == 1 and files[0].suffix != ".part" and files[0].stat().st_size:
                return files[0].rename(self.downloads.with_name(files[0].name))
            time.sleep(0.1)
        raise AssertionError("No file came")

    def _ask(self, script: str, context: str) -> Any:
        """What an expression is in a document: a text, a number, a truth value, or None."""
        target = {"context": context}
        return self._do("script.evaluate", expression=script, target=target, awaitPromise=True).get("result", {}).get("value")

    def _documents(self) -> list[str]:
        """The page, then its frames."""
        (tree,) = self._do("browsingContext.getTree", root=self._page)["contexts"]
        return [self._page, *(frame["context"] for frame in tree["children"])]

    def open(self, address: str) -> None:
        """Go to an address and wait until the document is loaded."""
        self._do("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def leave(self) -> None:
        """Go away from the page: what it was still loading is broken off, and is no error of the next one."""
        self.open("about:blank")
        self.take_errors()

    def ask(self, script: str, *, in_frame: bool = False) -> Any:
        """What an expression is in the page, or in its first frame."""
        return self._ask(script, self._documents()[1] if in_frame else self._page)

    def wait_for(self, script: str, *, in_frame: bool = False) -> Any:
        """Until an expression is true in the page, or in its first frame; AssertionError after `PATIENCE` seconds."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            documents = self._documents()[1:2] if in_frame else [self._page]
            found = [value for document in documents if (value := self._ask(script, document))]
            if found:
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"Never true: {script}")

    def refusals(self) -> list[str]:
        """What the policies of the page and of its frames have refused: directive and address."""
        said = [self._ask("window.bcRefused.join('\\n')", document) for document in self._documents()]
        return [line for text in said for line in str(text or "").splitlines()]

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._opened.close()
