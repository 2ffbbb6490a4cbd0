"""Owns where on a page the article stands: by marks, by the site's profile, by weight."""
