"""Link: stable identifiers, and the entities of a whole run."""
