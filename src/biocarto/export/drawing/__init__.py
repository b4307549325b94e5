"""What is drawn for paper and for slides, as SVG of any size: maps, the names on them, legends, texts as wide as their letters."""
