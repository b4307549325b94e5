"""Who says what: published figures, tables, layers, conflicts between sources, method and limits."""

from biocarto.ui.shared import cache, frame
from biocarto.ui.shared.language import get_locale
from biocarto.ui.sources import comparison, files, lists

t = get_locale()
tables = cache.load_tables()

frame.show_heading(
    t("Sources, méthode et limites"),
    t("Chaque chiffre, chaque table et chaque couche : qui l'a publié, quand, sous quelle licence, avec un lien à ouvrir."),
)
lists.show_disagreements(tables.figures)
lists.show_figures(tables)
lists.show_regional_figures(tables.regional_figures)
lists.show_tables(tables)
files.show(tables)
files.show_addresses(tables.edition)
lists.show_changes(tables)
comparison.show(tables)
lists.show_layers(cache.load_layer_resources())
lists.show_method(tables)
