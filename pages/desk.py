"""The desk: where those who know the sector keep the register."""

from biocarto.ui.desk import door, rooms
from biocarto.ui.shared import frame
from biocarto.ui.shared.language import get_locale

t = get_locale()
frame.show_heading(
    t("L'atelier"), t("Ici, le registre est tenu : chaque changement a sa source, sa date et son auteur, et peut être annulé.")
)

member = door.show()
if member is not None:
    rooms.show(member)
