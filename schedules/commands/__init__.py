"""The commands of `fuhan`, one file a group of them."""

from __future__ import annotations

COMMANDS = {
    "demo": "starting:demo",
    "init": "starting:init",
    "crawl": "crawling:crawl",
    "clean": "cleaning:clean",
    "letters": "looking:letters",
    "show": "looking:show_letter",
    "diff": "looking:diff",
    "changes": "looking:changes",
    "report": "telling:report",
    "export": "telling:export",
    "dossier": "filing:dossier",
    "status": "looking:status",
    "verify": "verifying:verify",
    "reread": "rereading:reread",
    "daemon": "crawling:daemon",
    "portals": "portals:portals",
}
"""Each command's file and name in it, in the order one meets them.

A command's file is imported when the command is asked for: `fuhan changes` need not wait for the
reader of pages, nor `fuhan crawl` for what draws reports.
"""
