"""Full-text search over letters as they now stand."""
