"""What answers a request for a linked file: the file, or something in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.answers.records import ServerAnswer, Site
from crawler.files.answers import sort_file
from crawler.files.forms import Form, form_of, is_whole, promises_text
from storage.attachments.records import FileState
from tests.attachment_site import docx, pdf

URL = "https://mzj.example.gov.cn/jyta/P1.pdf"
SITE = Site(frozenset(), frozenset({("mzj.example.gov.cn", 443)}))
OFFICE = (
    b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table>'
)


def answer(
    body: bytes = b"",
    status: int = 200,
    url: str = URL,
    final: str | None = None,
    flags: tuple[str, ...] = (),
    conditional: bool = False,
    **headers: str,
) -> ServerAnswer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ServerAnswer(url, final or url, status, named, body, flags, conditional)


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (pdf("a"), Form.PDF),
        (b"\n\n" + pdf("a"), Form.PDF),
        (docx("a"), Form.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Form.BINARY),
        (b"{\\rtf1 text", Form.BINARY),
        (b"\xff\xd8\xff\xe0", Form.BINARY),
        (OFFICE, Form.OFFICE_PAGE),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", Form.OFFICE_PAGE),
        (b"<!DOCTYPE html><html>", Form.PAGE),
        (b"\xef\xbb\xbf \n<html>", Form.PAGE),
        ("<html>".encode("utf-16"), Form.PAGE),
        (b'{"code":404}', Form.JSON),
        (b'[{"a":1}]', Form.JSON),
        ("文件不存在".encode("gb18030"), Form.TEXT),
        (b"\x00\x01\x02", Form.BINARY),
        (b"", Form.TEXT),
    ],
)
def test_form_is_known_by_the_first_bytes(body: bytes, form: Form) -> None:
    assert form_of(body) is form


@pytest.mark.parametrize(
    ("given_answer", "state"),
    [
        (answer(pdf("a")), FileState.KEPT),
        (answer(docx("a")), FileState.KEPT),
        (answer(OFFICE, url="https://mzj.example.gov.cn/a.xls"), FileState.KEPT),
        (answer(b"a,b\n1,2", url="https://mzj.example.gov.cn/a.csv"), FileState.KEPT),
        (answer(b"a", content_disposition='attachment; filename="a.txt"'), FileState.KEPT),
        (answer(status=304, conditional=True), FileState.KEPT),
        (answer(status=304), FileState.FAILED),
        (answer(status=304, conditional=True, final=URL + "2"), FileState.FAILED),
        (answer(b"no such file"), FileState.NO_FILE),
        (answer(b'{"msg":"x"}'), FileState.NO_FILE),
        (answer(b"<html><body>" + b"a" * 900 + b"</body></html>"), FileState.NO_FILE),
        (answer("<title>页面不存在</title><html>页面不存在</html>".encode()), FileState.GONE),
        (answer(status=404), FileState.GONE),
        (answer(b"x", status=412), FileState.BLOCKED),
        (answer(b"x", status=429), FileState.BLOCKED),
        (answer(b"<html>502 Bad Gateway</html>", status=502), FileState.FAILED),
        (answer(pdf("a"), status=206), FileState.FAILED),
        (answer(b""), FileState.FAILED),
        (answer(pdf("a"), flags=("dataloss",)), FileState.FAILED),
        (answer(pdf("a")[:100], flags=("partial",)), FileState.FAILED),
        (answer(pdf("a"), flags=("partial",)), FileState.KEPT),
        (answer(docx("a"), flags=("partial",)), FileState.KEPT),
        (answer(docx("a")[:-30], flags=("partial",)), FileState.FAILED),
        (answer(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", flags=("partial",)), FileState.FAILED),
        (answer(status=302, location="https://mzj.example.gov.cn/login"), FileState.FAILED),
    ],
)
def test_only_a_whole_file_is_kept(given_answer: ServerAnswer, state: FileState) -> None:
    found, reason = sort_file(given_answer, SITE, "清单.pdf")
    assert found is state
    assert (reason is None) == (state is FileState.KEPT)


def test_page_a_file_was_redirected_to_is_gone() -> None:
    home = answer(b"<html><body>home</body></html>", final="https://mzj.example.gov.cn/")
    assert sort_file(home, SITE, "a.pdf")[0] is not FileState.KEPT


def test_text_is_promised_by_its_name_alone() -> None:
    assert promises_text("https://a.example/list.txt", "名单")
    assert promises_text("https://a.example/download?id=3", "名单.csv")
    assert not promises_text("https://a.example/list.pdf", "名单.txt")
    assert not promises_text("http://[", "名单")


def test_end_of_a_file_is_seen() -> None:
    assert is_whole(pdf("a")) and is_whole(docx("a"))
    assert not is_whole(pdf("a")[:-10]) and not is_whole(b"text")


@given(body=st.binary(max_size=300), status=st.sampled_from([200, 203, 206, 302, 304, 404, 500]))
def test_any_bytes_are_sorted(body: bytes, status: int) -> None:
    for beginning in (b"", b"<html>", b"%PDF-", b"PK\x03\x04", b"\xff\xfe"):
        state, _ = sort_file(answer(beginning + body, status), SITE, "a.pdf")
        assert isinstance(state, FileState)
