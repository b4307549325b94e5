"""QGIS without a screen opens a project and lays a style over its layer; run with the system's Python, prints JSON of what it sees."""

from __future__ import annotations

import json
import sys

from qgis.core import QgsApplication, QgsProject

QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
project.read(sys.argv[1])
[layer] = project.mapLayers().values()
colours = {found.value(): found.symbol().color().name() for found in layer.renderer().categories()}
rows = sum(1 for _ in layer.getFeatures())
layer.loadNamedStyle(sys.argv[2])
styled = {found.value(): found.symbol().color().name() for found in layer.renderer().categories()}
print(json.dumps({"valid": layer.isValid(), "rows": rows, "colours": colours, "styled": styled}))
project.clear()
del layer
app.exitQgis()
