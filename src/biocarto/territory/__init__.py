"""The layers: read, checked, projected; names to codes, points to communes."""
