"""`fuhan replay`: captures from WARC files fed through the path of a page."""
