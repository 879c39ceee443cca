"""Events: detection of triggers with their arguments, and assembly into one event per real event."""
