"""What `stand.py` does once the Python fits: settings, packages, server, browser. Standard library only."""
