"""Who says what: published figures, tables, layers, conflicts between sources, method and limits."""

from biocarto.ui import cache, frame, source_files, source_lists
from biocarto.ui.language import text

t = text()
tables = cache.tables()

frame.heading(
    t("Sources, méthode et limites"),
    t("Chaque chiffre, chaque table et chaque couche : qui l'a publié, quand, sous quelle licence, avec un lien à ouvrir."),
)
source_lists.disagreements(tables.figures)
source_lists.figures(tables)
source_lists.regional_figures(tables.regional_figures)
source_lists.tables(tables)
source_files.show(tables)
source_lists.layers(cache.layer_resources())
source_lists.method(tables)
