"""Who publishes and hosts this server, what it keeps about people, and under which licences it all is."""

from biocarto.ui.legal_notice import kept, operator, rights
from biocarto.ui.shared import cache, frame
from biocarto.ui.shared.language import get_locale

t, settings = get_locale(), cache.settings()

frame.show_heading(t("Mentions légales"), t("Qui publie ce site, ce qu'il garde des personnes, et comment le faire voir ou effacer."))
operator.show(settings)
kept.show(settings)
rights.show(settings)
operator.show_licences()
