"""A letter's file for the record: its page, its captures and its linked files."""
