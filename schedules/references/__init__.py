"""The references in docs/: tables generated from the program itself."""
