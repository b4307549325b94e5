"""A provider of identities on this machine: `python -m tests.browser.provider PORT`, in a process of its own, and what starts it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.browser import ports

ROOT = Path(__file__).resolve().parents[2]
_BASE = "<!doctype html><html lang='en'><title>Provider</title><main>{% block content %}{% endblock %}</main></html>"
"""The frame of its pages without the style sheet that they would ask of another machine."""
_SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}{base}/oauth2callback"
cookie_secret = "{secret}"
{section}
client_id = "biocarto"
client_secret = "none"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


class Provider:
    """One that knows the people it is told."""

    def __init__(self, log: Path) -> None:
        self._port, self._log = ports.take(), log
        self.issuer = f"http://localhost:{self._port}"
        self.start()

    def start(self) -> None:
        """Begin, or begin again at the same address, and wait until it answers."""
        command = [sys.executable, "-m", "tests.browser.provider", str(self._port)]
        with self._log.open("w") as output:
            self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        end = time.monotonic() + 60
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self._ask("GET", "/jwks")
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"The provider did not start:\n{self._log.read_text()[-3000:]}")

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(20)

    def know(self, name: str, **claims: object) -> None:
        """Somebody with an address that is confirmed, unless `claims` say otherwise."""
        told = {"email": f"{name}@pole.example", "email_verified": True, "name": name.title()}
        self._ask("PUT", f"/users/{name}", json.dumps(told | claims).encode())

    def write_secrets(self, file: Path, base: str = "", section: str = "", more: str = "") -> Path:
        """The secrets of a server that signs people in here, under the name of a section, and with more settings where they are given."""
        text = _SECRETS.format(base=base, secret="c" * 40, issuer=self.issuer, section=section)
        file.write_text(text + more, encoding="utf-8")
        return file

    def _ask(self, method: str, path: str, body: bytes | None = None) -> None:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.issuer + path, body, headers, method=method)  # noqa: S310 - http, our own
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - http, our own
            pass


def main() -> None:
    """Serve until the process is ended."""
    import jinja2  # noqa: PLC0415 - its libraries warn of themselves, and belong to this process alone
    import oidc_provider_mock  # noqa: PLC0415 - the same
    from werkzeug.serving import make_server  # noqa: PLC0415 - the same

    app = oidc_provider_mock.app()
    app.jinja_loader = jinja2.ChoiceLoader([jinja2.DictLoader({"_base.html": _BASE}), app.jinja_loader])  # type: ignore[list-item]
    make_server("localhost", int(sys.argv[1]), app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
