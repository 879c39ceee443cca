"""Clean and segment: from raw text to a parsed view of the article's own prose."""
