"""How an archive file is known, and the schema this fuhan reads; apart, since every start asks."""

from __future__ import annotations

APPLICATION_ID = 0x46554841  # "FUHA"
VERSION = 7
