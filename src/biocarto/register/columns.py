"""The columns that BioCarto adds to the actors of the tables: name, dtype and meaning, checked where the frames are made.

The columns of the table itself are described in data/datapackage.json; `DTYPES` says what their types are in a frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

DTYPES = {"string": "str", "integer": "Int64", "number": "Float64", "list": "object"}
"""Type of a column in datapackage.json -> dtype in a frame (`list`: a tuple in each cell); every other type stays text."""

PRESENCE = "presence"
COMMUNE_OFFICIAL = "commune_official"
INTERCOMMUNALITY_CODE = "intercommunality_code"
DEPARTMENT_CODE = "department_code"
REGION_CODE = "region_code"
PLACE_ID = "place_id"
FOUNDED_PERIOD = "founded_period"
SOURCE_YEAR = "source_year"
NETWORKS = "networks"
ROLES = "roles"


class FrameColumn(NamedTuple):
    """The dtype of a column and what its cells are."""

    dtype: str
    meaning: str


JOINED: Mapping[str, FrameColumn] = {
    "status_year": FrameColumn("Int64", "year of the page that the status rests on; missing where it has none"),
    "status_source_url": FrameColumn("str", "address of that page, or the word for the chapter"),
    "status_source_title": FrameColumn("str", "title of that page"),
    PRESENCE: FrameColumn("str", "model.Presence: the status and the age of its page"),
    "trust": FrameColumn("str", "model.Trust: the confidence, lowered by the age of the page"),
    "group": FrameColumn("str", "category of a company, else its kind"),
    COMMUNE_OFFICIAL: FrameColumn("str", "INSEE code of the commune, Paris once (75056)"),
    "commune_name": FrameColumn("str", "official name of that commune"),
    INTERCOMMUNALITY_CODE: FrameColumn("str", "SIREN of the EPCI, or of the EPT in Greater Paris; of Paris its own code"),
    "intercommunality_name": FrameColumn("str", "its name"),
    DEPARTMENT_CODE: FrameColumn("str", "INSEE code of the department"),
    "department_name": FrameColumn("str", "its name"),
    REGION_CODE: FrameColumn("str", "INSEE code of the region"),
    "precision": FrameColumn("str", "model.Precision: what the position is worth"),
    PLACE_ID: FrameColumn("str", "street- or in_street- and a point, site-ID of a campus, else commune-CODE: one symbol on a map"),
    "place_name": FrameColumn("str", "name of the campus, commune or arrondissement"),
    "latitude": FrameColumn("float64", "degrees north, EPSG:4326; nan of an area"),
    "longitude": FrameColumn("float64", "degrees east, EPSG:4326; nan of an area"),
}
"""What `catalogue.build` adds to the actors."""

PREPARED: Mapping[str, FrameColumn] = {
    FOUNDED_PERIOD: FrameColumn("str", "key of filters.PERIODS, or unknown"),
    SOURCE_YEAR: FrameColumn("str", "year of the status in four digits, filters.OLD before 2015, or unknown"),
    NETWORKS: FrameColumn("object", "tuple of ids of networks and clusters that a page names it a member of, sorted"),
    ROLES: FrameColumn("object", "tuple of site_roles.SiteRole"),
    "x": FrameColumn("float64", "metres east, EPSG:2154; nan of an area"),
    "y": FrameColumn("float64", "metres north, EPSG:2154; nan of an area"),
}
"""What `filters.with_filter_columns` adds to those."""


def check(frame: pd.DataFrame, declared: Mapping[str, FrameColumn]) -> pd.DataFrame:
    """The frame itself; TypeError with every declared column that is not there, or of another dtype: a defect of ours, not of the data.

    A frame without rows has no dtypes to speak of.
    """
    found = {str(name): str(dtype) for name, dtype in frame.dtypes.items()}
    wrong = {name: found.get(name) for name, column in declared.items() if found.get(name) != column.dtype}
    if len(frame) and wrong:
        raise TypeError(f"columns that are not as declared: {wrong}")
    return frame
