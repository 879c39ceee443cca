"""Encode: one pass of the encoder over an article, and what it says of words, spans and pairs of spans."""
