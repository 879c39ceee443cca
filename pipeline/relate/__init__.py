"""Relations: who holds which position of which state or organisation."""
