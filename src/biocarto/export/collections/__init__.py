"""The register as collections of features: what other programs ask for piece by piece, where `export` writes whole files."""
