"""Change reports: which events are told, in what order, and how they look to people."""

from schedules.reports.select import Group, GroupName, Report, build_report

__all__ = ["Group", "GroupName", "Report", "build_report"]
