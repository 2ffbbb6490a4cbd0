"""Owns the lists of a column: the letters they link to, in each form, and the walk through them."""
