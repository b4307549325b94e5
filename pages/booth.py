"""The stand: full screen, touched and not typed, and forgotten when its visitor has gone."""

from biocarto.render import html
from biocarto.ui.booth import attract, frame, screens, state
from biocarto.ui.shared import cache, messages

if cache.settings().has_booth:
    catalogue = cache.catalogue()
    door = state.door()
    state.tidy(door)

    with html.without_links():
        frame.dress(door)
        if door:
            kept = state.kept(catalogue)
            frame.bar(door, kept)
            screens.show(door, catalogue, kept)
        else:
            attract.show(catalogue)
else:
    messages.show_closed_booth()
