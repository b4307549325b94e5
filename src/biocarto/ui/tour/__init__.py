"""The page of the French Bioproduction Tour."""
