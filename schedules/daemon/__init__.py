"""The daemon: crawls, upkeep and delivery on their schedules, as children that may fail."""

from schedules.daemon.daemon import Daemon

__all__ = ["Daemon"]
