"""Installs the programs that tests of services drive, where this user may; says which are missing, and how to install them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.support.debian import install_packages

PROGRAMS = {
    "nginx": "nginx",
    "firefox-esr": "firefox-esr",
    "soffice": "libreoffice-calc-nogui",
    "biber": "biber",
    "Xvfb": "xvfb",
    "Rscript": "r-base-core",
    "WebKitWebDriver": "webkit2gtk-driver",
    "ogr2ogr": "gdal-bin",
}
"""Program -> its package of Debian."""
MINI_BROWSER = Path("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser")
LIBRARIES = {
    MINI_BROWSER: "libwebkit2gtk-4.1-0",
    Path("/usr/lib/python3/dist-packages/qgis"): "python3-qgis",
    Path("/usr/lib/R/site-library/sf"): "r-cran-sf",
    Path("/usr/lib/postgresql/15/bin/initdb"): "postgresql-15",
    Path("/usr/share/postgresql/15/extension/postgis.control"): "postgresql-15-postgis-3",
}
"""What is on nobody's PATH -> its package of Debian: what the system's Python imports, a database that programs of its own start."""
FOLDERS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"
"""Where Debian puts programs; those of the administrator are not on everyone's PATH."""


def find_missing() -> list[str]:
    """The packages that this machine does not have."""
    programs = [package for name, package in PROGRAMS.items() if shutil.which(name, path=FOLDERS) is None]
    return programs + [package for folder, package in LIBRARIES.items() if not folder.exists()]


def main() -> None:
    """Ends with an error where a program is still missing: a test that cannot run is not one that passed."""
    missing = find_missing()
    if missing:
        print(f"Not on this machine: {', '.join(missing)}. Installing…", file=sys.stderr)
        install_packages(*missing)
    missing = find_missing()
    if missing:
        sys.exit(f"Tests of services need {', '.join(missing)}: sudo apt install {' '.join(missing)}")


if __name__ == "__main__":
    main()
