"""Owns what a server's answer to a letter's address means: page, gone, blocked or failed."""
