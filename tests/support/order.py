"""Which files are begun first, so that two workers end at about the same time."""

from __future__ import annotations

LONGEST = (
    "export/test_report_coverage.py",
    "test_catalogue_rules.py",
    "app/test_networks.py",
    "app/test_booth.py",
    "app/test_coverage.py",
    "app/test_pages.py",
    "test_catalogue.py",
    "export/test_xlsx.py",
    "export/test_report_pdf.py",
)
"""Files that take seconds, longest first: one of them begun last would leave a worker without work."""
