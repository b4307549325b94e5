"""The stand: its screens and their state."""
