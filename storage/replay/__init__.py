"""Captures from elsewhere put among a copy's versions under their own dates."""
