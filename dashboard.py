"""The door of BioCarto: page config, language, navigation, one error boundary."""

import streamlit as st

from biocarto.ui import frame, language, messages

st.set_page_config(page_title="BioCarto", page_icon=str(frame.ICON), layout="wide", menu_items={"About": frame.ABOUT})

with messages.boundary():
    language.settle()
    t = language.text()
    pages = [
        st.Page("views/overview.py", title=t("Vue d'ensemble"), icon=":material/hub:", default=True),
        st.Page("views/ile_de_france.py", title=t("Île-de-France"), icon=":material/map:", url_path="ile-de-france"),
        st.Page("views/coverage.py", title=t("Couverture"), icon=":material/query_stats:", url_path="couverture"),
        st.Page("views/directory.py", title=t("Annuaire"), icon=":material/search:", url_path="annuaire"),
        st.Page("views/bioproduction_tour.py", title=t("Bioproduction Tour"), icon=":material/route:", url_path="bioproduction-tour"),
        st.Page("views/networks.py", title=t("Réseaux"), icon=":material/account_tree:", url_path="reseaux"),
        st.Page("views/sources.py", title=t("Sources"), icon=":material/library_books:", url_path="sources"),
        st.Page("views/booth.py", title=t("Stand"), icon=":material/touch_app:", url_path="stand", visibility="hidden"),
    ]
    page = st.navigation(pages, position="top")
    notices = frame.open_page(page.title)
    with messages.boundary():
        messages.missing_assets()
        page.run()
    messages.unknown_values(notices)
    frame.foot()
