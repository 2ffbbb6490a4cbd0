"""Backups, restoring, and the file kept in shape."""
