"""Owns what is tried on a page of no known platform: every platform's own marks."""

from pipelines.platforms import hanweb, trs, ucap, vsb
from pipelines.platforms.platform import PagePlatform

# Marks no other software uses; `#zoom` and `.article` stand on all kinds of pages and come last.
PLATFORM = PagePlatform(
    name="generic",
    bodies=(
        *trs.PLATFORM.bodies,
        *ucap.PLATFORM.bodies,
        *vsb.PLATFORM.bodies,
        *hanweb.PLATFORM.bodies,
    ),
    wrappers=trs.PLATFORM.wrappers,
)
