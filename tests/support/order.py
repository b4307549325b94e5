"""Which files are begun first, so that two workers end at about the same time."""

from __future__ import annotations

LONGEST = (
    "export/test_report_coverage.py",
    "app/test_shared.py",
    "test_catalogue_rules.py",
    "test_catalogue.py",
    "app/test_networks.py",
    "app/test_coverage.py",
    "export/test_xlsx.py",
    "export/test_report_pdf.py",
    "analysis/test_coverage.py",
    "export/test_formats.py",
    "app/test_pages.py",
)
"""Files that take seconds, longest first: one of them begun last would leave a worker without work."""
