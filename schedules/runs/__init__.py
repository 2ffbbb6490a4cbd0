"""Crawl runs: when one is due, one run from its lock to its summary, who hears of it."""
