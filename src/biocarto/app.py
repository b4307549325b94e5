"""What every session runs: page config, language, navigation, one error boundary."""

import streamlit as st

from biocarto.ui.shared import accessibility, cache, cite, frame, identity, language, messages, pages, upload_session

st.set_page_config(page_title="BioCarto", page_icon=str(frame.ICON), layout="wide", menu_items={"About": frame.ABOUT})

upload_session.close()
with messages.error_boundary():
    language.resolve_language()
    entries = pages.build_navigation(language.get_locale(), cache.settings().has_booth, identity.is_desk_open())
    page = st.navigation(entries, position="top")
    notices = frame.open_page(page.title, is_stand=page.url_path == pages.BOOTH.address)
    with messages.error_boundary():
        messages.show_missing_assets()
        page.run()
    messages.show_unknown_values(notices)
    frame.show_foot(has_links=page.url_path != pages.BOOTH.address)
    if page.url_path not in {pages.BOOTH.address, pages.DESK.address}:
        cite.show(page.title)
    accessibility.announce("page", page.title)
