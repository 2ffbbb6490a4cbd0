"""The daemon: crawls, upkeep and delivery on their schedules, as children that may fail."""
