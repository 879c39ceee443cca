"""The commands of `dragoman`, one module each. They import what they need and no more, to start fast."""
