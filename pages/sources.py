"""Who says what: published figures, tables, layers, conflicts between sources, method and limits."""

from biocarto.ui.shared import cache, frame
from biocarto.ui.shared.language import text
from biocarto.ui.sources import files, lists

t = text()
tables = cache.tables()

frame.heading(
    t("Sources, méthode et limites"),
    t("Chaque chiffre, chaque table et chaque couche : qui l'a publié, quand, sous quelle licence, avec un lien à ouvrir."),
)
lists.disagreements(tables.figures)
lists.figures(tables)
lists.regional_figures(tables.regional_figures)
lists.tables(tables)
files.show(tables)
lists.layers(cache.layer_resources())
lists.method(tables)
