"""Île-de-France: the survey of 2023 and the public register side by side, on a map, in a sheet, in a table, in files."""

from biocarto.analysis import breakdown
from biocarto.query.filters import Filters
from biocarto.ui.region import map as region_map
from biocarto.ui.region import survey_and_register
from biocarto.ui.shared import actor_table, apart, cache, downloads, filter_bar, frame
from biocarto.ui.shared.language import text

t = text()
catalogue = cache.catalogue()

frame.heading(t("L'Île-de-France des biothérapies"))
register = cache.once("register", lambda: breakdown.register(catalogue.actors, catalogue.edition))
survey_and_register.show(cache.once("survey", lambda: breakdown.survey(catalogue.figures)), register, catalogue)

chosen = filter_bar.read()
found = filter_bar.rows(chosen, catalogue)

filter_bar.pills(chosen, catalogue, region_map.choices)
filter_bar.in_words(filter_bar.summary(found, chosen, catalogue), chosen, catalogue)
apart.show(found, chosen, apart.count_presences(chosen, catalogue), catalogue)
region_map.show(found, catalogue, narrowed=chosen != Filters())
actor_table.show(found, catalogue)
downloads.bar(found, filter_bar.said(chosen, catalogue), catalogue)
survey_and_register.departments(found)
