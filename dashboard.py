"""The door of BioCarto: one ASGI application, pages and programs at one port. `streamlit run dashboard.py` finds it."""

import sys
from functools import partial
from pathlib import Path

import streamlit as st
import streamlit_folium
from streamlit import config as streamlit_config

from biocarto import config, startup
from biocarto.api import limits
from biocarto.api import routes as api
from biocarto.desk.intake.permits import UPLOADS
from biocarto.errors import SettingError
from biocarto.server import door, sockets
from biocarto.server.assets import AssetStore

CLIENT = Path(st.__file__).parent / "static"
COMPONENT = Path(streamlit_folium.__file__).parent / "frontend" / "build"

try:
    settings = startup.read_settings()
    door.require_closed_or_public(settings, st.get_option("server.address"))
    startup.require_readable_secrets()
except SettingError as error:
    sys.exit(f"{error.fr}\n{error.en}")

if settings.public_host:
    # An origin of ours, however a proxy writes the Host header: else Streamlit asks other machines for the address of this one.
    streamlit_config.set_option("browser.serverAddress", settings.public_host)

base = config.read_base(st.get_option("server.baseUrlPath"))
shelf = AssetStore(config.STATIC)
app = st.App(
    "src/biocarto/app.py",
    routes=[
        *door.build_routes(shelf, startup.read_edition, base),
        *door.build_feed_routes(startup.write_feed, base),
        *api.build_routes(startup.build_source(), base),
    ],
    middleware=[
        *door.build_middleware(settings, shelf, CLIENT, COMPONENT, base, signs_in=startup.signs_in, permits=UPLOADS),
        *limits.build_middleware(settings, base),
    ],
    lifespan=door.build_lifespan(
        door.raise_open_files, shelf.read_files, startup.read_everything, sockets.send_at_once, watch=startup.keep_watch
    ),
    exception_handlers={500: partial(door.answer_failure, base=base)},
)
