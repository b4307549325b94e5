"""The register as a Dataset of schema.org, which search engines of data read in a page: JSON-LD, which a browser does not run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from biocarto.addresses import CATALOG
from biocarto.config import Settings
from biocarto.export.edition import DOI, build_address, name_people
from biocarto.export.edition_files import MEDIA_TYPES, SPATIAL
from biocarto.render.html import render_data

KEYWORDS = {
    "fr": ("biothérapies", "bioproduction", "biotechnologies", "santé", "annuaire", "Île-de-France"),
    "en": ("biotherapies", "biomanufacturing", "biotechnology", "health", "directory", "Île-de-France"),
}
_NEWEST = "latest"


def describe_register(package: Mapping[str, Any], root: str, settings: Settings) -> dict[str, Any]:
    """What stays true from one edition to the next: the newest one's files at their addresses below `root` (no slash at its end)."""
    kinds = ("csv", "xlsx", "parquet", *SPATIAL)
    author, publisher = ({"@type": "Organization", "name": name} for name in name_people(settings.publisher))
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package["title"],
        "alternateName": package.get("title_en", package["title"]),
        "description": f"{package['description']} {package.get('description_en', '')}".strip(),
        "url": build_address(root, _NEWEST),
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": ["fr", "en"],
        "keywords": [word for words in KEYWORDS.values() for word in words],
        "spatialCoverage": {"@type": "Place", "name": "Île-de-France", "containedInPlace": {"@type": "Country", "name": "France"}},
        "creator": author,
        "publisher": publisher,
        **({"identifier": f"{DOI}{settings.doi}"} if settings.doi else {}),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": "BioCarto", "url": f"{root}/{CATALOG}"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"actors.{kind}",
                "encodingFormat": MEDIA_TYPES[kind],
                "contentUrl": build_address(root, _NEWEST, f"actors.{kind}"),
            }
            for kind in kinds
        ],
    }


def write_script(package: Mapping[str, Any], root: str, settings: Settings) -> Markup:
    """The same as an element for the head of a page."""
    return render_data("application/ld+json", describe_register(package, root, settings))
