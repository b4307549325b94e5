"""How far this site keeps to RGAA, what is not accessible yet, and whom to tell: the declaration that French law asks for."""

from biocarto.ui.accessibility import declaration
from biocarto.ui.shared import cache, frame
from biocarto.ui.shared.language import get_locale

t = get_locale()

frame.show_heading(t("Déclaration d'accessibilité"), t("Ce qui est accessible sur ce site, ce qui ne l'est pas encore, et à qui le dire."))
declaration.show(cache.settings())
