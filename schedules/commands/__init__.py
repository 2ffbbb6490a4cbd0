"""The commands of `fuhan`, one file a group of them."""

from __future__ import annotations

COMMANDS = {
    "demo": "starting:demo",
    "init": "starting:init",
    "doctor": "doctoring:doctor",
    "crawl": "crawling:crawl",
    "clean": "cleaning:clean",
    "letters": "looking:letters",
    "show": "looking:show_letter",
    "diff": "looking:diff",
    "search": "searching:search",
    "changes": "events:changes",
    "report": "telling:report",
    "deliver": "telling:deliver",
    "export": "exporting:export",
    "dossier": "filing:dossier",
    "status": "looking:status",
    "verify": "verifying:verify",
    "backup": "keeping:backup",
    "restore": "keeping:restore_backup",
    "upkeep": "keeping:upkeep_archive",
    "forget": "forgetting:forget",
    "replay": "replaying:replay",
    "reread": "rereading:reread",
    "daemon": "serving:daemon",
    "service": "serving:service",
    "portals": "portals:portals",
}
"""Each command's file and name in it, in the order one meets them.

A command's file is imported when the command is asked for: `fuhan changes` need not wait for the
reader of pages, nor `fuhan crawl` for what draws reports.
"""
