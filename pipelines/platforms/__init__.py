"""One module for each family of site software: where its templates put article and metadata."""
