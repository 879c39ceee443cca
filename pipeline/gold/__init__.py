"""Hand-labelled articles: the gold format, what it says, and the formats of other tools."""
