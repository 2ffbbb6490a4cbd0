"""From a page to a letter: decode, strip furniture, read fields, check, compare."""
