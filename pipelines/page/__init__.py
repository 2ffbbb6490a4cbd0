"""From a page's bytes to its parts: decode, find the article, strip furniture, read metadata."""
