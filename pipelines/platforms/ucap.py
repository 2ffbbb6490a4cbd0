"""Owns where UCAP pages (`/YYYYMM/<32 hex>.shtml`, www.gov.cn) put their article."""

from pipelines.platforms.platform import PagePlatform

PLATFORM = PagePlatform(
    name="ucap",
    bodies=("ucapcontent", "#UCAP-CONTENT", "#zoomcon"),
    wrappers=(".pages_content",),
)
