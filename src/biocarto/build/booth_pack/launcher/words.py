"""What the launcher says: every sentence in French, then in English."""

from __future__ import annotations

import sys

RECOPY_FR = "Recopiez tout le paquet sauf reglages.txt et besoins/"
RECOPY_EN = "Copy the whole pack again but reglages.txt and besoins/"


class StandError(Exception):
    """Something that the operator can put right; both languages say what happened, what is unharmed and what to do."""

    def __init__(self, fr: str, en: str, detail: str = "") -> None:
        super().__init__(en)
        self.fr = fr
        self.en = en
        self.detail = detail


def say(fr: str, en: str) -> None:
    """One thing that is going on."""
    print(f"{fr}\n  {en}", flush=True)


def complain(error: StandError) -> None:
    """One thing that went wrong."""
    print("\n" + "\n\n".join(part for part in (error.fr, error.en, error.detail) if part), file=sys.stderr, flush=True)
