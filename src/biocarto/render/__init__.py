"""HTML and SVG without any framework: pages, the static edition, the report and pictures use the same pieces."""
