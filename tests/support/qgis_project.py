"""The project and the style for QGIS in docs/examples: written from our symbols, so that a colour is changed in one place.

`python -m tests.support.qgis_project` writes them anew.
"""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from biocarto.config import ROOT
from biocarto.export.geopackage_style import VERSION, write_style
from biocarto.export.selection import build_selection
from biocarto.register.catalogue import Catalogue

FOLDER = ROOT / "docs" / "examples"
BASE = "https://biocarto.example"
_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_SRS = (
    "<spatialrefsys><wkt/><proj4>+proj=longlat +datum=WGS84 +no_defs</proj4><srsid>3452</srsid><srid>4326</srid>"
    "<authid>EPSG:4326</authid><description>WGS 84</description><projectionacronym>longlat</projectionacronym>"
    "<ellipsoidacronym>EPSG:7030</ellipsoidacronym><geographicflag>true</geographicflag></spatialrefsys>"
)


def write_qml(register: Catalogue) -> str:
    """The style: a symbol per group in its colour and shape, the columns in French words."""
    about = register.resources["actors"]
    selection = build_selection(
        register.actors.iloc[:0], filters=(), link=BASE, made=date(2026, 11, 29), about=about, described=about["columns"]["fr"], lang="fr"
    )
    root = ET.fromstring(write_style(selection).removeprefix(_DOCTYPE))
    ET.indent(root)
    return f"{_DOCTYPE}{ET.tostring(root, encoding='unicode')}\n"


def write_project(style: str) -> str:
    """A project of one layer that reads the register's address page by page, drawn by the style."""
    root = ET.fromstring(f"<qgis projectname='BioCarto' version='{VERSION}'><title>BioCarto</title><projectCrs>{_SRS}</projectCrs></qgis>")
    tree = ET.SubElement(root, "layer-tree-group")
    source = f"pagingEnabled='true' restrictToRequestBBOX='1' srsname='EPSG:4326' typename='actors' url='{BASE}/ogc'"
    ET.SubElement(
        tree, "layer-tree-layer", id="actors", name="Acteurs", source=source, providerKey="OAPIF", checked="Qt::Checked", expanded="1"
    )
    layer = ET.SubElement(
        ET.SubElement(root, "projectlayers"), "maplayer", type="vector", geometry="Point", wkbType="Point", hasScaleBasedVisibilityFlag="0"
    )
    for name, text in (("id", "actors"), ("datasource", source), ("layername", "Acteurs")):
        ET.SubElement(layer, name).text = text
    srs = ET.SubElement(layer, "srs")
    srs.append(ET.fromstring(_SRS))
    ET.SubElement(layer, "provider", encoding="UTF-8").text = "OAPIF"
    drawn = ET.fromstring(style.removeprefix(_DOCTYPE))
    layer.extend(list(drawn))
    ET.indent(root)
    return f"{_DOCTYPE}{ET.tostring(root, encoding='unicode')}\n"


if __name__ == "__main__":
    from tests.support.register import joined

    qml = write_qml(joined())
    (FOLDER / "actors.qml").write_text(qml, encoding="utf-8")
    (FOLDER / "actors.qgs").write_text(write_project(qml), encoding="utf-8")
