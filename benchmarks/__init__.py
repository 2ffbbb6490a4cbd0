"""Measurements of fuhan against its peers; no part of the installed package."""
