"""Schedule: what is new in inboxes, again and again, into a store."""
