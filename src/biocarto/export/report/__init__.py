"""The report of a territory: one model, written as a PDF and as a workbook."""
