"""Owns where Hanweb pages (`/art/2019/12/23/art_COL_ID.html`) put their article."""

from pipelines.platforms.platform import PagePlatform

PLATFORM = PagePlatform(
    name="hanweb",
    bodies=("#zoom", ".main-txt", ".article-conca", ".bt_content"),
    wrappers=(".article",),
)
