"""Recognise: mentions of people, titles, bodies, places, dates and of who stands for them."""
