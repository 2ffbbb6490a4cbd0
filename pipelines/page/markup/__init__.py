"""Owns a page's markup: bytes to text, text to a tree, an element to lines."""
