"""Three scales, one story: who structures the sector in the region, in the nation and in Europe, each a link to its sheet."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.analysis.networks import organisations as organisation_lists
from biocarto.analysis.networks.organisations import SCALES, SECTION_LABELS
from biocarto.analysis.networks.profile import OrganisationProfile
from biocarto.model import N_
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import sources
from biocarto.rows import list_rows
from biocarto.ui.networks import sheet, state
from biocarto.ui.shared import cache, organisations, pages
from biocarto.ui.shared.language import get_language, get_locale

ALLIANCE = "enosis-sante"

LEADS = {
    "regional": N_("Medicen, Genopole, les agences et la Région : des intégrateurs, des programmes et des études pour l'Île-de-France."),
    "national": N_(
        "Les {organisers} organisateurs du Bioproduction Tour, l'alliance de {allied} pôles santé, la filière, les programmes de l'État."
    ),
    "european": N_("Un conseil de biorégions et des projets européens ({projects}), où Medicen et Genopole retrouvent leurs pairs."),
}


def count_introduction(catalogue: Catalogue) -> dict[str, int]:
    """The numbers that the leads name, counted in the tables."""
    networks = catalogue.networks
    return {
        "organisers": int(catalogue.clusters["tour_member"].eq("yes").sum()),
        "allied": int(catalogue.members["network_id"].eq(ALLIANCE).sum()),
        "projects": int((networks["kind"].eq("eu_project") & networks["scale"].eq("european")).sum()),
        "stages": len(catalogue.stages),
    }


def show(catalogue: Catalogue) -> None:
    """Three columns, one per scale."""
    t = get_locale()
    st.header(t("Trois échelles, une même histoire"), anchor=False)
    st.markdown(t("Pôles, réseaux et programmes structurent la filière à trois échelles : la région, la nation, l'Europe."))
    told, numbers = load_sections(catalogue), cache.make_once("counts", lambda: count_introduction(catalogue))
    with st.container(key="story"):
        for column, scale in zip(st.columns(3, gap="medium"), SCALES, strict=True):
            with column:
                _scale(scale, told[scale], numbers)


def load_sections(catalogue: Catalogue) -> dict[str, list[tuple[str, list[tuple[str, str, str]]]]]:
    """The story in the language of the page: `_build_sections`, made once."""
    return cache.make_once("story in sections", lambda: _build_sections(catalogue), get_language())


def _build_sections(catalogue: Catalogue) -> dict[str, list[tuple[str, list[tuple[str, str, str]]]]]:
    """Scale -> its sections in order: title, and a link for each body."""
    t, lines = get_locale(), _lines(catalogue)
    story = cache.make_once("story", lambda: organisation_lists.arrange_introduction(catalogue))
    return {
        scale: [
            (t(SECTION_LABELS[str(section)]), [state.describe_link(catalogue, key, lines[key]) for key in rows["id"]])
            for section, rows in story[story["scale"].eq(scale)].groupby("section", sort=False)
        ]
        for scale in SCALES
    }


def _scale(scale: str, sections: list[tuple[str, list[tuple[str, str, str]]]], numbers: dict[str, int]) -> None:
    t = get_locale()
    st.subheader(t(vocabulary.BODY_SCALES[scale]), anchor=False)
    st.markdown(t(LEADS[scale]).format_map(numbers))
    with st.container(gap="xsmall"):
        for section, links in sections:
            with st.expander(f"{section} ({len(links)})"), st.container(gap=None):
                for link in links:
                    state.show_markdown_link(*link, where=scale)
    if scale == "national":
        label = t("Les {stages} étapes du Tour").format_map(numbers)
        st.page_link(pages.TOUR.path, label=label, icon=":material/route:", width="stretch")


def show_invitation(catalogue: Catalogue, here: list[str]) -> None:
    """Under the map while no sheet is open: the networks on it, each a way to its sheet."""
    lines = _lines(catalogue)
    with st.container(horizontal=True, gap="small", key="story-drawn", vertical_alignment="center"):
        st.markdown(f"**{get_locale()('Sur la carte')}**", width="content")
        for network in here:
            state.show_organisation_link(catalogue, network, lines[network], where="drawn")


def _lines(catalogue: Catalogue) -> dict[str, str]:
    """A line for every body."""
    sheets = organisations.load_profiles(catalogue)
    return cache.make_once("lines", lambda: {key: describe_organisation(found) for key, found in sheets.items()}, get_language())


def describe_organisation(found: OrganisationProfile) -> str:
    """A body in a line: what it is, since when, how much, how many; where sources disagree, every value."""
    t, row = get_locale(), found.row
    counts = set() if found.coverage is None else set(found.coverage.published["id"])
    rivals = [rows for rows in found.conflicts.values() if not counts & set(rows["id"])]
    parts = [t(vocabulary.BODY_KINDS[row["kind"]]), _year(found, rivals), _amount(found, rivals)]
    members = organisations.write_member_count(found) if found.coverage is None or len(found.coverage.published) else ""
    return " · ".join(part for part in [*parts, members] if part)


def _either(rows: pd.DataFrame) -> str:
    said = sorted({sources.write_published(row, get_language()) for row in list_rows(rows)})
    return labels.join_words(said, get_locale()("ou"))


def _year(found: OrganisationProfile, rivals: list[pd.DataFrame]) -> str:
    """The year of its beginning, or both where sources disagree."""
    starts = [rows for rows in rivals if rows["fact"].str.endswith("-start").all()]
    year = found.row["year"]
    return _either(starts[0]) if starts else "" if pd.isna(year) else str(year)


def _amount(found: OrganisationProfile, rivals: list[pd.DataFrame]) -> str:
    budgets = [rows for rows in rivals if rows["unit_fr"].eq("M€").all()]
    return _either(budgets[0]) if budgets else sheet.write_amount(found.row)
