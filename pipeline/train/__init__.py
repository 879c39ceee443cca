"""Training; needs the extra `train`. Nothing here is imported at run time."""
