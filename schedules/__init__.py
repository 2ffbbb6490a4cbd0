"""When, and who is told: configuration, command line, runs, daemon, reports."""
