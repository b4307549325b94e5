"""BioCarto: the map of France's biotherapy and biomanufacturing sector."""

__version__ = "0.1.0"
