"""A real nginx in a folder of its own, set up as a reverse proxy in front of one server."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

HOST = "carto.example"
_CONFIG = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  server {{
    listen 127.0.0.1:{port};
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_read_timeout 1h;
    {locations}
  }}
}}
"""
_ALL = "location / {{ proxy_pass http://127.0.0.1:{upstream}; }}"


class Proxy:
    """nginx on `port`, in front of `upstream`, as long as the `with` lasts; `locations` say what else stands where."""

    def __init__(self, folder: Path, port: int, upstream: int, locations: str = "") -> None:
        self.port = port
        self._config = folder / "nginx.conf"
        self._config.write_text(_CONFIG.format(folder=folder, port=port, locations=locations or _ALL.format(upstream=upstream)))

    def __enter__(self) -> Self:
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
        assert program, "nginx is not installed: `make test-services` installs it"
        self._process = subprocess.Popen([program, "-c", str(self._config)], stdin=subprocess.DEVNULL)
        self._wait()
        return self

    def _wait(self, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("nginx did not start")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(20)
