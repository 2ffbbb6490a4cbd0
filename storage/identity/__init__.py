"""Which letter a page is a copy of, and why; corrected by hand."""
