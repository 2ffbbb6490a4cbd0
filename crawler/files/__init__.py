"""Owns the files letters link to: when they are asked for, and what came of it."""
