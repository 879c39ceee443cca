"""Reading: what the encoder's heads say of an article's words, of spans of them, and of pairs of spans."""
