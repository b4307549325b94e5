"""Les acteurs par département, et la carte de l'un d'eux. Needs geopandas and pyarrow."""

import io
from urllib.parse import urlencode
from urllib.request import urlopen

import geopandas as gpd

BASE = "https://biocarto.example"

# Une question à la fois : ici un département, dans le système de coordonnées de la France (Lambert-93).
question = urlencode(
    {"f": "json", "limit": 10_000, "filter": "department_code = '91'", "crs": "http://www.opengis.net/def/crs/EPSG/0/2154"}
)
essonne = gpd.read_file(f"{BASE}/ogc/collections/actors/items?{question}").set_crs(2154, allow_override=True)
print(f"Essonne : {len(essonne)}")

# Ou tout le registre en un fichier, avec ses types.
with urlopen(f"{BASE}/data/latest/actors.parquet") as answer:
    actors = gpd.read_parquet(io.BytesIO(answer.read()))
for name, count in actors["department_name"].value_counts().items():
    print(f"{name} : {count}")
