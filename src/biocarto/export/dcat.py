"""The catalogue of the register for portals of data: DCAT-AP 3.0.1 as JSON-LD, with a context of its own that nobody has to fetch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from biocarto.addresses import CATALOG, FILES, OGC
from biocarto.config import Settings
from biocarto.export.edition import EditionReference, build_address
from biocarto.export.schema_org import KEYWORDS
from biocarto.register.tables import PACKAGE

MEDIA_TYPE = "application/ld+json"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_BBOX = "POLYGON((1.44 48.12, 3.56 48.12, 3.56 49.25, 1.44 49.25, 1.44 48.12))"
"""Around Île-de-France, to a hundredth of a degree outwards (geo/regions.parquet); longitude first."""
_FORMATS = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "geojson": "GEOJSON", "gpkg": "GPKG"}
"""Extension -> its code in the EU's list of file types, for those that we know to stand there."""
_GEO_SERVICE = ("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core", "OGC API - Features 1.0")

CONTEXT: dict[str, Any] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "locn": "http://www.w3.org/ns/locn#",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
}


@dataclass(frozen=True)
class PublishedFile:
    """A file of an edition as a distribution: name, kind, media type, title in both languages, digest (SHA-256) and size if known."""

    name: str
    kind: str
    media_type: str
    title: Mapping[str, str]
    digest: str = ""
    size: int | None = None


@dataclass(frozen=True)
class CatalogueSource:
    """What the catalogue is written from: the description of the newest edition, its reference, where this server is, its settings.

    `root` has no slash at its end.
    """

    package: Mapping[str, Any]
    reference: EditionReference
    root: str
    settings: Settings
    files: tuple[PublishedFile, ...]

    @property
    def home(self) -> str:
        """The address of the edition."""
        return build_address(self.root, self.reference.name)

    @property
    def ids(self) -> dict[str, str]:
        """What each part of the catalogue is called."""
        files, root = f"{self.root}/{FILES}/", self.root
        return {"series": f"{files}#series", "dataset": f"{files}#register", "service": f"{root}/{OGC}/#service"}


def build_catalogue(found: CatalogueSource) -> dict[str, Any]:
    """Catalogue, series of the editions, the newest edition with its files, and the service that answers of it."""
    parts = [_build_head(found), _build_series(found), _build_dataset(found), _build_service(found)]
    return {"@context": CONTEXT, "@graph": parts}


def _build_head(found: CatalogueSource) -> dict[str, Any]:
    return {
        "@id": f"{found.root}/{CATALOG}",
        "@type": "dcat:Catalog",
        **_describe_texts(found),
        **_describe_days(found),
        "dct:publisher": _describe_publisher(found),
        "dct:language": _list_languages(),
        "dct:license": _describe_licence(found.package),
        "foaf:homepage": _type(f"{found.root}/", "foaf:Document"),
        "dct:spatial": _list_places(),
        "dcat:themeTaxonomy": _describe_concept("data-theme", "Data theme", kind="skos:ConceptScheme"),
        "dcat:dataset": {"@id": found.ids["dataset"]},
        "dcat:service": {"@id": found.ids["service"]},
    }


def _build_series(found: CatalogueSource) -> dict[str, Any]:
    return {
        "@id": found.ids["series"],
        "@type": "dcat:DatasetSeries",
        "dct:title": _say("Éditions de BioCarto", "Editions of BioCarto"),
        "dct:description": _pair(found.package, "description"),
        "dct:publisher": _describe_publisher(found),
        "dct:modified": _date(found.reference.day.isoformat()),
        "dct:accrualPeriodicity": _describe_frequency(),
    }


def _build_dataset(found: CatalogueSource) -> dict[str, Any]:
    home, day = found.home, found.reference.day.isoformat()
    return {
        "@id": found.ids["dataset"],
        "@type": "dcat:Dataset",
        **_describe_texts(found),
        **_describe_days(found),
        **_describe_contact(found.settings),
        "dct:publisher": _describe_publisher(found),
        "dct:identifier": found.reference.link or home,
        "dct:language": _list_languages(),
        "dct:accessRights": _describe_concept("access-right/PUBLIC", "public", kind="dct:RightsStatement"),
        "dct:accrualPeriodicity": _describe_frequency(),
        "dct:spatial": _list_places(),
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:endDate": _date(day)},
        "dcat:version": found.reference.name,
        "dcat:inSeries": {"@id": found.ids["series"]},
        "dcat:keyword": [_say_in(lang, word) for lang, words in KEYWORDS.items() for word in words],
        "dcat:theme": [_describe_concept(f"data-theme/{code}", label) for code, label in _THEMES.items()],
        "dcat:landingPage": _type(home, "foaf:Document"),
        "dct:conformsTo": _describe_standard("https://datapackage.org/profiles/2.0/datapackage.json", "Data Package 2.0"),
        "foaf:page": _type(f"{home}codebook", "foaf:Document"),
        "dcat:distribution": [_describe_file(file, found) for file in (*found.files, _PACKAGE_FILE)],
    }


def _build_service(found: CatalogueSource) -> dict[str, Any]:
    return {
        "@id": found.ids["service"],
        "@type": "dcat:DataService",
        "dct:title": _say("BioCarto : OGC API - Features", "BioCarto: OGC API - Features"),
        **_describe_contact(found.settings),
        "dct:publisher": _describe_publisher(found),
        "dct:license": _describe_licence(found.package),
        "dcat:endpointURL": {"@id": f"{found.root}/{OGC}/"},
        "dcat:servesDataset": {"@id": found.ids["dataset"]},
        "dct:conformsTo": _describe_standard(*_GEO_SERVICE),
    }


def _describe_texts(found: CatalogueSource) -> dict[str, Any]:
    return {"dct:title": _pair(found.package, "title"), "dct:description": _pair(found.package, "description")}


def _describe_days(found: CatalogueSource) -> dict[str, Any]:
    day = _date(found.reference.day.isoformat())
    return {"dct:issued": day, "dct:modified": day}


_PACKAGE_FILE = PublishedFile(PACKAGE, "json", "application/json", {"fr": "Data Package", "en": "Data Package"})
_THEMES = {"HEAL": "Health", "ECON": "Economy and finance", "TECH": "Science and technology"}


def _type(address: str, kind: str) -> dict[str, Any]:
    return {"@id": address, "@type": kind}


def _say_in(lang: str, text: str) -> dict[str, str]:
    return {"@value": text, "@language": lang}


def _say(french: str, english: str) -> list[dict[str, str]]:
    return [_say_in("fr", french), _say_in("en", english)]


def _pair(item: Mapping[str, Any], member: str) -> list[dict[str, str]]:
    return _say(str(item[member]), str(item.get(f"{member}_en") or item[member]))


def _date(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}


def _describe_concept(code: str, label: str, kind: str = "skos:Concept") -> dict[str, Any]:
    """A term of the EU's lists; its label is said here, as nobody fetches the list."""
    named = {"dct:title": _say_in("en", label)} if kind == "skos:ConceptScheme" else {"skos:prefLabel": _say_in("en", label)}
    return {"@id": f"{_AUTHORITY}{code}", "@type": kind, **named}


def _describe_frequency() -> dict[str, Any]:
    """An edition appears when somebody publishes one: no rhythm is promised."""
    return _type(f"{_AUTHORITY}frequency/IRREG", "dct:Frequency")


def _list_languages() -> list[dict[str, Any]]:
    return [_type(f"{_AUTHORITY}language/{code}", "dct:LinguisticSystem") for code in ("FRA", "ENG")]


def _list_places() -> list[dict[str, Any]]:
    """Île-de-France by its code of Eurostat, with its box, and the country, by the EU's list."""
    box = {"dcat:bbox": {"@value": _BBOX, "@type": "geosparql:wktLiteral"}}
    region = {**_type("http://data.europa.eu/nuts/code/FR1", "dct:Location"), "skos:prefLabel": _say_in("fr", "Île-de-France"), **box}
    return [region, {**_type(f"{_AUTHORITY}country/FRA", "dct:Location"), "skos:prefLabel": _say_in("fr", "France")}]


def _describe_publisher(found: CatalogueSource) -> dict[str, Any]:
    return {**_type(f"{found.root}/{CATALOG}#publisher", "foaf:Agent"), "foaf:name": found.settings.publisher or "BioCarto"}


def _describe_contact(settings: Settings) -> dict[str, Any]:
    """The address of the setting; none where the operator gives none."""
    if not settings.contact:
        return {}
    name = settings.publisher or "BioCarto"
    return {
        "dcat:contactPoint": {
            "@type": ["vcard:Organization", "vcard:Kind"],
            "vcard:fn": name,
            "vcard:hasEmail": {"@id": f"mailto:{settings.contact}"},
        }
    }


def _describe_licence(package: Mapping[str, Any]) -> dict[str, Any]:
    licence = package["licenses"][0]
    return {"@id": licence["path"], "@type": "dct:LicenseDocument", "dct:title": _say_in("fr", licence["title"])}


def _describe_standard(address: str, title: str) -> dict[str, Any]:
    return {"@id": address, "@type": "dct:Standard", "dct:title": _say_in("en", title)}


def _describe_file(file: PublishedFile, found: CatalogueSource) -> dict[str, Any]:
    address = f"{found.home}{file.name}"
    measured: dict[str, Any] = {}
    if file.size is not None:
        measured["dcat:byteSize"] = {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"}
    if file.digest:
        measured["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _type("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm"),
            "spdx:checksumValue": {"@value": file.digest, "@type": "xsd:hexBinary"},
        }
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": [_say_in(lang, f"{text} ({file.kind})") for lang, text in file.title.items()],
        "dcat:accessURL": {"@id": found.home},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": _type(f"{_IANA}{file.media_type}", "dct:MediaType"),
        **_describe_format(file),
        "dct:license": _describe_licence(found.package),
        **measured,
    }


def _describe_format(file: PublishedFile) -> dict[str, Any]:
    code = _FORMATS.get(file.kind)
    return {"dct:format": _type(f"{_AUTHORITY}file-type/{code}", "dct:MediaTypeOrExtent")} if code else {}
