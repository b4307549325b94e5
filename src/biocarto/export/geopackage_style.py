"""How QGIS draws and explains the layer of a GeoPackage: its style (QML) and its metadata (QMD), both as XML."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from biocarto.export.columns import COLUMNS
from biocarto.export.selection import Selection, describe_filters, describe_version, write_row_count
from biocarto.model import SYMBOLS, Symbol
from biocarto.register.headers import translate_header

VERSION = "3.22.0"
"""Of QGIS: the oldest one that is tried."""

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_SIZE_MM = "2.8"


def _rgba(colour: str) -> str:
    return ",".join([*(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5)), "255"])


def _marker(symbol: Symbol) -> dict[str, str]:
    """What QGIS calls the properties of a simple marker; our shapes have its names."""
    return {
        "name": symbol.shape,
        "color": _rgba(symbol.colour),
        "outline_color": "255,255,255,255",
        "outline_width": "0.3",
        "outline_width_unit": "MM",
        "size": _SIZE_MM,
        "size_unit": "MM",
    }


def _add_symbol(parent: ET.Element, place: int, symbol: Symbol) -> None:
    element = ET.SubElement(parent, "symbol", type="marker", name=str(place), alpha="1", clip_to_extent="1", force_rhr="0")
    layer = ET.SubElement(element, "layer", {"class": "SimpleMarker", "enabled": "1", "locked": "0", "pass": "0"})
    options = ET.SubElement(layer, "Option", type="Map")
    for name, value in _marker(symbol).items():
        ET.SubElement(options, "Option", type="QString", name=name, value=value)


def write_style(selection: Selection) -> str:
    """QML: a symbol per group in its colour and shape, named in the language of the selection; aliases of all columns."""
    t = selection.text
    root = ET.Element("qgis", version=VERSION, styleCategories="Symbology|Fields")
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr="group", enableorderby="0", forceraster="0", symbollevels="0"
    )
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for place, symbol in enumerate(SYMBOLS):
        ET.SubElement(categories, "category", symbol=str(place), value=symbol.key, label=t(symbol.label), render="true")
        _add_symbol(symbols, place, symbol)
    aliases = ET.SubElement(root, "aliases")
    for place, column in enumerate(COLUMNS, start=1):  # the first field of the layer is its row number
        ET.SubElement(aliases, "alias", field=column.name, index=str(place), name=translate_header(column.name, t))
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def write_abstract(selection: Selection) -> str:
    """What the rows are, how they were chosen, where they come from."""
    parts = (
        write_row_count(selection),
        describe_filters(selection),
        describe_version(selection),
        *selection.sources,
        selection.link,
    )
    return "; ".join(parts)


def write_metadata(selection: Selection) -> str:
    """QMD: title, abstract, licence, link and CRS where QGIS shows them."""
    root = ET.Element("qgis", version=VERSION)
    texts = {
        "identifier": selection.link,
        "language": selection.lang,
        "type": "dataset",
        "title": selection.title,
        "abstract": write_abstract(selection),
        "rights": "BioCarto",
        "license": selection.licence,
        "encoding": "UTF-8",
    }
    for name, text in texts.items():
        ET.SubElement(root, name).text = text
    system = ET.SubElement(ET.SubElement(root, "crs"), "spatialrefsys")
    for name, text in {"authid": "EPSG:4326", "srid": "4326", "description": "WGS 84"}.items():
        ET.SubElement(system, name).text = text
    return _DOCTYPE + ET.tostring(root, encoding="unicode")
