"""The command line itself: its commands found, its options, its help, what goes to stdout."""
