"""How two texts of one letter differ: paragraphs, clauses, characters, figures, weight."""
