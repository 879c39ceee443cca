"""Names: folding, and which mentions of an article are one entity."""
