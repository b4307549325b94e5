"""The page of clusters and networks."""
