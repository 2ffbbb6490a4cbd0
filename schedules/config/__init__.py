"""The configuration: `fuhan.toml`, checked and typed, and what is said of its faults."""
