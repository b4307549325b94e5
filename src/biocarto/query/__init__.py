"""From a question to rows: filters, text search, places, facets."""
