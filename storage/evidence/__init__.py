"""The journal, and everything that is held against it."""
