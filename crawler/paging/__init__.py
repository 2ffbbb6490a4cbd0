"""Owns where the further pages of a list are: by links, jumps, scripts, widgets and forms."""
