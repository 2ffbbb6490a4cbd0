"""One page looked at by hand: where it comes from, how it is read, what is shown of it."""
