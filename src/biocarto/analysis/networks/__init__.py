"""Clusters, networks and their members: who belongs to what, since when, and who is not on the map."""
