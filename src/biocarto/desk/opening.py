"""The store as a server finds it when it starts: held where it serves one only, brought to today's version, or told to be of no use."""

from __future__ import annotations

import logging

from biocarto.config import Settings
from biocarto.store.database import open_store
from biocarto.store.one_server import hold
from biocarto.store.store_error import StoreError

_LOG = logging.getLogger(__name__)


def open_for_server(settings: Settings) -> bool:
    """Whether the desk's store can be used; without one, or with one that cannot, the pages go on. Makes no store where there is none."""
    store = open_store(settings.store)
    try:
        if not store.exists():
            return False
        hold(store)  # an older version may still be served by another process
        store.prepare()
    except StoreError as error:
        _LOG.warning("The desk is closed: %s", error.message("en"))
        return False
    return True
