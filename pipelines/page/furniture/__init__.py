"""Owns what of an article's lines is furniture, and the account of every line."""
