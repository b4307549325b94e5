"""Whether this session may send a file: said anew by the page that has an uploader, in every run, and by no other."""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx

from biocarto.desk.intake.permits import UPLOADS


def find_session() -> str | None:
    """The id that this session's browser alone knows; None outside of a run."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id


def close() -> None:
    """At the start of a run: no file is taken until a page says so."""
    if session := find_session():
        UPLOADS.close(session)


def forget_files(session: str) -> None:
    """Let go of what Streamlit holds of a session's files, from within one of its runs; raises nothing where there is none."""
    if context := get_script_run_ctx(suppress_warning=True):
        context.uploaded_file_mgr.remove_session_files(session)
