"""Which files are begun first, so that two workers end at about the same time."""

from __future__ import annotations

LONGEST = (
    "export/report/test_coverage.py",
    "app/test_shared.py",
    "register/test_table_rules.py",
    "register/test_tables.py",
    "app/test_networks.py",
    "app/test_coverage.py",
    "export/test_xlsx.py",
    "export/report/test_pdf.py",
    "analysis/coverage/test_coverage.py",
    "export/test_formats.py",
    "app/test_pages.py",
)
"""Files that take seconds, longest first: one of them begun last would leave a worker without work."""
