"""Captures written to WARC files, and WARC files of any origin read."""
