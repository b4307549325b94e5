"""How to cite a selection, in one paragraph."""

from __future__ import annotations

from biocarto.export.edition import write_day
from biocarto.export.selection import TITLE, Progress, Selection, describe_filters, describe_version, ignore_progress, write_row_count


def write_citation(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """UTF-8 text in the language of the selection: the citation, then the sources that it rests on."""
    t = selection.text
    reference = t("{title}. {rows} ({filters}). {version}. Extraction du {made}. {licence}. {link}").format(
        title=t(TITLE),
        rows=write_row_count(selection),
        filters=describe_filters(selection),
        version=describe_version(selection),
        made=write_day(selection.made, selection.lang),
        licence=selection.licence,
        link=selection.link,
    )
    lines = [reference, "", t("Sources"), *(f"- {source}" for source in selection.sources), ""]
    progress(1.0)
    return "\n".join(lines).encode()
