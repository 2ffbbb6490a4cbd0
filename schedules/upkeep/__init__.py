"""Upkeep of the archive that is due, and what is said of keeping it."""
