"""What a person asked to be forgotten, cut out of everything that is kept."""
