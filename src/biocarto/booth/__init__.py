"""A congress stand without network: what visitors take away, what they need, and who may read it."""
