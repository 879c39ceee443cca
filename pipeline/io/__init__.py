"""Reading articles from files and streams, and writing the output files."""
