"""Ground: calendar dates, places, contexts and sectors of what was recognised."""
