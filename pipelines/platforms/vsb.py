"""Owns where VSB pages (`/info/COL/ID.htm`) put their article."""

from pipelines.platforms.platform import PagePlatform

# #vsb_content, #vsb_content_2, #vsb_content_501: the number is the template's, not the page's
PLATFORM = PagePlatform(
    name="vsb",
    bodies=("[id^=vsb_content]", ".v_news_content"),
)
