"""Owns when a page says its letter was published."""
