"""What the report of a territory says, part by part."""
