"""QGIS without a screen reads the layer of a GeoPackage; run with the system's Python, prints JSON of what QGIS sees."""

from __future__ import annotations

import json
import sys

from qgis.core import QgsApplication, QgsVectorLayer

QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(f"{sys.argv[1]}|layername=actors", "actors", "ogr")
categories = layer.renderer().categories() if layer.renderer().type() == "categorizedSymbol" else []
symbols = {c.value(): (c.label(), c.symbol().symbolLayer(0).properties()["name"], c.symbol().color().name()) for c in categories}
seen = {
    "valid": layer.isValid(),
    "rows": layer.featureCount(),
    "crs": layer.crs().authid(),
    "symbols": symbols,
    "aliases": {field.name(): layer.attributeDisplayName(place) for place, field in enumerate(layer.fields())},
    "licences": layer.metadata().licenses(),
    "title": layer.metadata().title(),
    "abstract": layer.metadata().abstract(),
}
print(json.dumps(seen))
del categories, layer  # QGIS ends badly while a layer is there
app.exitQgis()
