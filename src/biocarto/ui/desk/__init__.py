"""The desk: its door and its rooms."""
