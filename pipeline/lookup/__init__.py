"""Lookup: the names that are known beforehand, found in the words of an article."""
