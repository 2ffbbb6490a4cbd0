"""Owns the metadata a page prints: labels, their values, and where they stand."""
