"""Owns where TRS WCM pages put their article, in Chongqing's templates and elsewhere."""

from pipelines.platforms.platform import PagePlatform

# One editor prints `view TRS_UEDITOR trs_paper_default trs_web`, another `trs_editor_view`;
# some sites use `TRS_Editor` for their footer, too (bynr.gov.cn), so the best of several counts.
PLATFORM = PagePlatform(
    name="trs",
    bodies=(".trs_editor_view", ".TRS_UEDITOR", ".trs_paper_default", ".TRS_Editor"),
    wrappers=(".zwxl-article", ".zcwjk-xlcon", ".gfxwj-content", "#zoom"),
)
