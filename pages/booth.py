"""The stand: full screen, touched and not typed, and forgotten when its visitor has gone."""

from biocarto.ui import booth_attract, booth_frame, booth_rooms, booth_state, cache, html, messages

if cache.settings().has_booth:
    catalogue = cache.catalogue()
    door = booth_state.door()
    booth_state.tidy(door)

    with html.without_links():
        booth_frame.dress(door)
        if door:
            kept = booth_state.kept(catalogue)
            booth_frame.bar(door, kept)
            booth_rooms.show(door, catalogue, kept)
        else:
            booth_attract.show(catalogue)
else:
    messages.show_closed_booth()
