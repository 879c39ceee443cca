"""The store: what a scheduled job knows and what it has written, kept so that a crash loses nothing."""
