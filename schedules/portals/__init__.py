"""Portal files: read, written from a column's address, tried and checked."""
