"""Which files are begun first, so that two workers end at about the same time."""

from __future__ import annotations

LONGEST = (
    "export/report/test_coverage.py",
    "app/test_coverage.py",
    "app/test_shared.py",
    "test_cli.py",
    "register/test_table_rules.py",
    "register/test_bad_inputs.py",
    "register/test_good_shapes.py",
    "register/test_tables.py",
    "app/test_networks.py",
    "export/test_xlsx.py",
    "territory/test_territory.py",
    "register/test_check.py",
    "app/test_pages.py",
    "export/test_formats.py",
    "app/test_booth.py",
    "app/test_words.py",
    "export/report/test_pdf.py",
    "analysis/coverage/test_coverage.py",
)
"""Files that take seconds, longest first: one of them begun last would leave a worker without work."""
