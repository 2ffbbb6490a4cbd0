"""Files linked from letters: what is due, what was kept, what changed."""
