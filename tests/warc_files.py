"""WARC files as other programs write them, of invented letters."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOST = "kjj.lanjiang.example"
FOLDER = f"http://{HOST}/zwgk/jytabl/202405"
OLD = datetime(2019, 5, 1, 3, 0, tzinfo=UTC)


def letter_page(number: int = 1, *, places: int = 12, topic: str = "河道治理") -> str:
    """A page that reads as a reply letter; `places` is a figure in it."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>关于市政协六届三次会议第{number:04d}号提案的复函</title></head><body>
<div class="position">您当前的位置：首页 &gt; 建议提案办理</div>
<h1>关于市政协六届三次会议第{number:04d}号提案的复函</h1>
<div class="trs_editor_view TRS_UEDITOR trs_paper_default">
<p>林晓{"燕云梅松柏杨"[number % 6]}委员：</p>
<p>您提出的《关于加强{topic}工作第{number}件的建议》（第{number:04d}号）收悉。经研究，现答复如下：</p>
<p>一、关于{topic}。2024年已建成{topic}示范点{places}处，服务群众{number * 37 + 100}人次，
完成第{number}批整治，各区县按期推进，成效明显。</p>
<p>二、下一步工作。我局将会同有关部门继续加强{topic}工作，
{number % 9 + 1}月底前完成第{number}批任务。</p>
<p>感谢您对{topic}工作的关心和支持！</p>
<p>澜江市科学技术局</p><p>2024年5月{number % 27 + 1}日</p>
</div><div id="foot">主办单位：澜江市科学技术局</div></body></html>"""


@dataclass(frozen=True)
class Shot:
    """One capture; headers are those of the answer, `fields` further ones of the record."""

    url: str
    at: datetime | str
    body: str | bytes = ""
    status: str = "200 OK"
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    kind: str = "response"
    fields: Mapping[str, str] = field(default_factory=dict)


def letter_url(number: int = 1) -> str:
    return f"{FOLDER}/t20240516_{number}.html"


def shot(number: int, at: datetime, *, places: int = 12) -> Shot:
    """A capture of a letter's page."""
    return Shot(letter_url(number), at, letter_page(number, places=places))


def gone(number: int, at: datetime) -> Shot:
    return Shot(letter_url(number), at, "<html><body>404 Not Found</body></html>", "404 Not Found")


def warc(shots: Iterable[Shot], *, packed: bool = True, version: str = "1.0") -> bytes:
    """A WARC file of these captures."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "another"}))
    for each in shots:
        writer.write_record(_record(writer, each))
    return out.getvalue()


def in_one_member(data: bytes) -> bytes:
    """Records packed together, as some tools do against the standard's advice."""
    return gzip.compress(gzip.decompress(data))


def _record(writer: WARCWriter, each: Shot) -> ArcWarcRecord:
    body = each.body.encode() if isinstance(each.body, str) else each.body
    at = each.at if isinstance(each.at, str) else each.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    head = StatusAndHeaders(each.status, list(each.headers.items()), protocol="HTTP/1.1")
    return writer.create_warc_record(
        each.url,
        each.kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=head,
        warc_headers_dict={"WARC-Date": at, **each.fields},
    )
