"""Running: dumps and schedules."""
