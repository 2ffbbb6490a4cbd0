"""From a page's parts to the letter: its fields, its body, and whether it is a letter at all."""
