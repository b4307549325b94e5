"""QGIS without a screen reads collections of OGC API - Features; run with the system's Python, prints JSON of what QGIS sees of each."""

from __future__ import annotations

import json
import sys

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

BOX = (2.2, 48.8, 2.5, 49.0)


def open_layer(url: str, name: str, paging: str) -> QgsVectorLayer:
    """A layer as the dialogue of QGIS makes it, paging on or off."""
    return QgsVectorLayer(f"url='{url}' typename='{name}' pagingEnabled='{paging}' restrictToRequestBBOX='1'", name, "OAPIF")


def describe_layer(layer: QgsVectorLayer) -> dict[str, object]:
    """How many features there are, and in a rectangle; the cells of the first ones by the name of their column."""
    names = [field.name() for field in layer.fields()]
    rows = [{name: str(row[name]) for name in names} for row in layer.getFeatures()]
    inside = QgsFeatureRequest().setFilterRect(QgsRectangle(*BOX))
    return {
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "rows": rows,
        "inside": sum(1 for _ in layer.getFeatures(inside)),
    }


QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
seen = {name: {paging: describe_layer(open_layer(sys.argv[1], name, paging)) for paging in ("true", "false")} for name in sys.argv[2:]}
app.exitQgis()
print(json.dumps(seen))
