"""Owns which addresses may be asked, in whose name and over which connection."""
