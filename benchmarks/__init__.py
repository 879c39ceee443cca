"""Checks of the finished line: speed and memory, accuracy, offsets. Each module is a command (`python -m …`)."""
