"""Owns which files of a page are its letter's."""
