"""The stand: full screen, touched and not typed, and forgotten when its visitor has gone."""

from biocarto.render import html
from biocarto.ui.booth import attract, frame, screens, state
from biocarto.ui.shared import cache, messages

if cache.settings().has_booth:
    catalogue = cache.load_catalogue()
    door = state.read_screen()
    state.clear_stale(door)

    with html.suppress_links():
        frame.apply_chrome(door)
        if door:
            kept = state.read_shortlist(catalogue)
            frame.show_bar(door, kept)
            screens.show(door, catalogue, kept)
        else:
            attract.show(catalogue)
else:
    messages.show_closed_booth()
