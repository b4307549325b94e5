"""`/ogc/`: the register by OGC API - Features. Each module maps one part of the standard to what `export.collections` knows."""
