"""What official files say, made once for the files, the register and the decisions as they are; a first reading tells that it waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from biocarto import caches
from biocarto.caches import Cache
from biocarto.desk.acts import Desk
from biocarto.desk.ledger import find_last_number
from biocarto.desk.official import register_look
from biocarto.desk.official.register_look import RegisterLook
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale

T = TypeVar("T")
_lists = Cache(caches.OFFICIAL_LISTS)


def look(desk: Desk) -> RegisterLook:
    """The register beside the files; a first reading takes as long as the files are large, for this session alone."""
    with st.spinner(get_locale()("Lecture des fichiers officiels… (une demi-minute pour ceux de toute la France, la première fois)")):
        return register_look.look_at(desk, cache.settings().official)


def keep_list(desk: Desk, found: RegisterLook, name: str, make: Callable[[], T]) -> T:
    """A list by its name, made anew after an act, a decision or with another file."""
    with desk.store.read() as transaction:
        number = find_last_number(transaction)
    decided = max((verdict.at for verdict in found.verdicts), default=""), len(found.verdicts)
    return _lists.get((desk.store.name, name, number, decided, tuple(file.key for file in found.folder.files)), make)
