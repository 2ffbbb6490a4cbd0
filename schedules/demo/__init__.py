"""The story `fuhan demo` tells."""
