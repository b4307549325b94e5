"""The tables: read, checked, and joined with the territory into one catalogue."""
