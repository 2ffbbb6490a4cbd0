"""Owns what scripts write into a page and markup alone does not show: metadata and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipelines.page.files.attachments import distinct, is_attachment_list
from pipelines.page.files.links import (
    ATTACHMENT_WORD,
    FILE_NAME,
    LINK_TAGS,
    FileLink,
    attachment,
    file_link,
)
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.scripts import Assigned, ScriptStrings, inline_scripts, read_script
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.label_runs import MetadataGroup, find_groups
from pipelines.page.metadata.labels import LabelTable
from storage.records import Attachment

# Names under which sites keep a letter's metadata in script: var syh = "…", "identifier": "…".
# Compared without case, `_` and `-`.
_METADATA_NAMES: Mapping[str, str] = {
    name: key
    for key, names in {
        "index_number": "identifier indexnumber indexno indexnum indexcode idxid syh suoyinhao",
        "document_number": "documentnumber docnumber docno docnum filenum filenumber fileno fwzh"
        " wenhao fawenzihao",
        "issuing_agency": "publisher puborg publishorg publishdept fbjg fwjg fabujigou fawenjiguan",
        "date_published": "pubdate pubtime publishdate publishtime docreltime docpubtime fbsj fbrq"
        " fabushijian faburiqi releasetime releasedate",
        "date_written": "cwrq chengwenriqi docwritedate",
        "subject_category": "ztfl zhutifenlei classifythemename",
        "genre_category": "ticaifenlei classifygenrename",
    }.items()
    for name in names.split()
}
# What a value must look like to be believed.
_VALUES = {
    # 11500000MB15895317/2024-00078 · 007100000-2024-00031
    "index_number": re.compile(r"(?=.*\d{4})[0-9A-Za-z_/.-]{6,60}"),
    # 渝科局函〔2024〕274号
    "document_number": re.compile(r"[^<>\n]{2,40}\d+\s*号"),
    "issuing_agency": re.compile(r"[\u4e00-\u9fff（）()、 ]{2,40}"),
    # 2024-05-16 10:19 · 2024年5月16日
    "date_published": re.compile(r"[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}.{0,20}"),
    "date_written": re.compile(r"[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}.{0,20}"),
    "subject_category": re.compile(r"[^<>\n]{0,40}[\u4e00-\u9fff][^<>\n]{0,40}"),
    "genre_category": re.compile(r"[^<>\n]{0,40}[\u4e00-\u9fff][^<>\n]{0,40}"),
}
_TITLE_NAMES = frozenset({"title", "doctitle", "articletitle", "arttitle"})
# 关于市政协七届三次会议第20240233号提案答复的函
_TITLE = re.compile(r"[^<>\n]{0,40}(?:关于|对)[^<>\n]{4,200}(?:函|复|答|建议|提案)[^<>\n]{0,20}")
# One of these stands in every script worth reading; looked for in lower case before anything else.
_TELLING = (
    *(
        "附件",
        "索引号",
        "文号",
        "发布机构",
        "\\u9644\\u4ef6",
        "appendix",
        "attachment",
        "accessory",
        "fujian",
    ),
    *("filename", "fileurl", "filepath", "file_name", "file_url", "file_path", "fjname", "fjurl"),
    *("fjmc", "fjdz", "vsbpdf", "identifier", "document_number", "indexno", "syh", "suoyinhao"),
    *("fwzh", "wenhao", "docreltime", "pubdate", "pubtime", "publishtime", "fbsj", "fbrq", "cwrq"),
)
# var fileName · "attachment" · fj_url · var appendix · accessoryList
_FILE_VARIABLE = re.compile(r"file|attach|append|accessory|annex|fujian|^fj|pdf", re.I)
_URL_VARIABLE = re.compile(r"url|path|href|src|addr|link|dz$|lj$", re.I)
_NAME_VARIABLE = re.compile(r"name|title|text|desc|mc$|bt$", re.I)
# showVsbpdfIframe("/virtual_attach_file.vsb?afc=…&e=.pdf","100%","600")
_SHOWS_FILE = re.compile(r"pdf|attach|file", re.I)
# P0202405160001.docx;P0202405160002.pdf
_SEVERAL = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True, slots=True)
class WrittenScript:
    """One script of the page with what it says, and the markup among that as a tree."""

    element: Element
    strings: ScriptStrings
    markup: Element | None


def written_scripts(root: Element) -> list[WrittenScript]:
    """The page's scripts that may tell of its metadata or files; most tell nothing."""
    found: list[WrittenScript] = []
    for element, text in inline_scripts(root):
        if _may_tell(text):
            strings = read_script(text)
            found.append(WrittenScript(element, strings, _markup(strings)))
    return found


@lru_cache(maxsize=32)
def _may_tell(script: str) -> bool:
    """Whether a script holds one of the telling words; a site prints the same ones on each page."""
    lowered = script.lower()
    # from its end: CPython finds a rare word in a long text four times as quickly that way
    return any(lowered.rfind(word) >= 0 for word in _TELLING)


def written_groups(scripts: Iterable[WrittenScript], table: LabelTable) -> list[MetadataGroup]:
    """The metadata that scripts write with its labels: `document.write('[ 索引号 ] ' + syh)`."""
    groups: list[MetadataGroup] = []
    for script in scripts:
        if script.markup is not None:
            texts = [line.text for line in read_lines(script.markup)]
            groups += [group for group in find_groups(texts, table) if group.strong]
    return groups


def named_metadata(scripts: Iterable[WrittenScript]) -> dict[str, str]:
    """The metadata that scripts keep under a known name: key to value, the first of each."""
    found: dict[str, str] = {}
    for script in scripts:
        for each in script.strings.assigned:
            key = _METADATA_NAMES.get(each.name.lower().replace("_", "").replace("-", ""))
            value = each.value.strip()
            if key and key not in found and _VALUES[key].fullmatch(value):
                found[key] = value
    return found


def titles_beside(scripts: Iterable[WrittenScript]) -> list[str]:
    """The titles scripts keep, where a script keeps the article, too: `"title": "关于…的复函"`."""
    return [
        each.value
        for script in scripts
        for each in script.strings.assigned
        if each.name.lower() in _TITLE_NAMES and _TITLE.fullmatch(each.value)
    ]


def written_files(
    scripts: Iterable[WrittenScript], articles: tuple[Element, ...], base: str
) -> list[Attachment]:
    """The files scripts write into the page: in markup, by variables, or shown in a frame."""
    links: list[FileLink] = []
    for script in scripts:
        near = _is_near(script.element, articles)
        if script.markup is not None:
            links += _links_in(script.markup, near)
        links += _links_by_name(script.strings.assigned)
        for name, value in script.strings.called:
            if _SHOWS_FILE.search(name) and (near or "vsb" in name.lower()):
                links.append(FileLink(value))
    return distinct(attachment(link, base, trusted=True) for link in links)


def _markup(strings: ScriptStrings) -> Element | None:
    """What a script writes, and the links it keeps to write them, as a tree; None for nothing."""
    kept = [each.value for each in strings.assigned if "<a" in each.value.lower()]
    markup = "".join((strings.written, *kept))
    return parse(markup) if "<" in markup or ":" in markup or "：" in markup else None


def _is_near(script: Element, articles: tuple[Element, ...]) -> bool:
    """Whether a script stands in an article, around one, or in a list of attachments."""
    around = {article.getparent() for article in articles}
    for ancestor, level in zip(script.iterancestors(), range(12), strict=False):
        if ancestor.tag in ("body", "html", "head"):
            return False
        if ancestor in articles or ancestor in around:
            return True
        if level < 3 and is_attachment_list(ancestor):
            return True
    return False


def _links_in(markup: Element, near: bool) -> Iterator[FileLink]:
    """The links to files in written markup; anywhere on the page only those called 附件."""
    text = "".join(map(str, markup.itertext()))
    if near or ATTACHMENT_WORD.search(text):
        for element in markup.iter(*LINK_TAGS):
            if link := file_link(element):
                yield link


def _links_by_name(assigned: Iterable[Assigned]) -> list[FileLink]:
    """Addresses and names of files kept under names that say so, paired in their order."""
    urls: list[str] = []
    names: list[str] = []
    for each in assigned:
        if not _FILE_VARIABLE.search(" ".join((*each.within, each.name))) or "<" in each.value:
            continue
        values = [value for value in _SEVERAL.split(each.value) if value]
        files = [value for value in values if FILE_NAME.search(value)]
        if files and (_URL_VARIABLE.search(each.name) or any("/" in value for value in files)):
            urls += files
        elif _NAME_VARIABLE.search(each.name):
            names += values
        elif files:
            urls += files
    if len(names) != len(urls):
        names = [""] * len(urls)
    return [FileLink(url, (name,) if name else ()) for url, name in zip(urls, names, strict=True)]
