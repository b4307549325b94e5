"""Networks: who federates whom in the region, the nation and Europe, whom to call, and since when."""

from biocarto.ui.networks import graph, introduction, state, timeline
from biocarto.ui.networks import sheet as network_sheet
from biocarto.ui.shared import accessibility, cache, frame, network_map, organisations, picture_button, room
from biocarto.ui.shared.language import get_locale

t = get_locale()
catalogue = cache.load_catalogue()
shown = organisations.read_sheet(catalogue)
level = organisations.read_scale(catalogue, shown)
drawn = organisations.list_on_map(catalogue, shown, level)

frame.show_heading(t("Réseaux : qui fédère qui"))
with room.open_head():
    state.show_bar(catalogue, shown, level, drawn)
    drawing, beside = room.open_room()
    with drawing:
        placed = network_map.show(catalogue, shown, level, drawn)
        accessibility.show_files_skip()
        picture_button.show("networks", {"net": drawn})
    if shown.key:
        with room.open_beside(beside):
            network_sheet.show(catalogue, shown)
if not shown.key:
    introduction.show_invitation(catalogue, drawn)
accessibility.show_files()
network_map.show_listed(catalogue, level, placed, drawn)
introduction.show(catalogue)
graph.show(catalogue)
timeline.show_meetings(catalogue)
timeline.show_timeline(catalogue)
