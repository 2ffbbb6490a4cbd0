"""Two downloads that differ in nothing but what a program stamped on them have one digest."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest

from storage.attachments.stable_digests import LARGEST_UNPACKED, stable_digest
from tests.attachment_site import docx, pdf

XMP = (
    "<xmp:ModifyDate>{0}</xmp:ModifyDate><xmp:CreateDate>{0}</xmp:CreateDate>"
    '<rdf:Description xmp:MetadataDate="{0}" xmpMM:InstanceID="uuid:{0}"/>'
)


def with_xmp(moment: str, title: str = "t") -> bytes:
    return pdf("x").replace(
        b"%%EOF", f"<dc:title>{title}</dc:title>{XMP.format(moment)}%%EOF".encode()
    )


def packed(**members: str | bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return body.getvalue()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pdf("a"), pdf("a", made="20270101000000")),
        (pdf("a"), pdf("a", identity="FEDC")),
        (with_xmp("2026-01-01T00:00:00Z"), with_xmp("2027-01-01T00:00:00Z")),
        (docx("甲"), docx("甲", year=2027)),
        (docx("甲"), docx("甲", modified="2027-01-01T00:00:00Z")),
        (packed(a="1", b="2"), packed(b="2", a="1")),
    ],
    ids=["dates", "identity", "xmp", "member times", "core.xml", "order"],
)
def test_stamps_are_no_content(one: bytes, other: bytes) -> None:
    assert one != other
    assert stable_digest(one) == stable_digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pdf("2484"), pdf("2648")),
        (with_xmp("2026-01-01T00:00:00Z", "a"), with_xmp("2026-01-01T00:00:00Z", "b")),
        (docx("甲"), docx("乙")),
        (packed(a="1", b="2"), packed(a="2", b="1")),
        (packed(a="1"), packed(a="1", b="")),
        (b"plain", b"plain "),
        (b"\xd0\xcf\x11\xe0old word", b"\xd0\xcf\x11\xe0new word"),
    ],
)
def test_content_is_told_apart(one: bytes, other: bytes) -> None:
    assert stable_digest(one) != stable_digest(other)


def test_digest_says_by_which_masks_it_was_made() -> None:
    assert stable_digest(b"").startswith("1:")


def test_f43_zip_bomb_is_not_unpacked() -> None:
    bomb = packed(bomb=b"\0" * (LARGEST_UNPACKED + 1))
    again = packed(bomb=b"\0" * (LARGEST_UNPACKED + 1), more="x")
    begun = time.process_time()
    assert stable_digest(bomb) != stable_digest(again)
    assert time.process_time() - begun < 5


def test_f43_zip_of_countless_members_is_read_as_it_is() -> None:
    many = packed(**{f"{number}": "" for number in range(20_000)})
    assert stable_digest(many) == stable_digest(bytes(many))
    assert stable_digest(many) != stable_digest(many + b" ")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_f43_compression_that_asks_for_much_memory_is_not_unpacked(method: int) -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as archive:
        archive.writestr("a", "text")
    assert stable_digest(body.getvalue()) != stable_digest(body.getvalue() + b"\0")


def test_f43_damaged_and_looping_files_raise_nothing() -> None:
    dice = random.Random(43)
    samples = [docx("甲"), pdf("a"), packed(a="1" * 5000), b"PK\x03\x04", b"%PDF-", b""]
    loop = b"%PDF-1.4\n1 0 obj<</Kids[1 0 R]/Parent 1 0 R/Prev 0>>endobj" + b"/ID[" * 100_000
    for body in [*samples, loop]:
        assert stable_digest(body)
        for _ in range(60):
            hurt = bytearray(body)
            for _ in range(dice.randint(1, 8)):
                if hurt:
                    hurt[dice.randrange(len(hurt))] = dice.randrange(256)
            assert stable_digest(bytes(hurt[: dice.randint(0, len(hurt))]))
            assert stable_digest(bytes(hurt))


def test_large_pdf_takes_bounded_time() -> None:
    body = b"%PDF-1.7\n" + random.Random(1).randbytes(8_000_000) + b"/CreationDate(" * 100_000
    begun = time.process_time()
    stable_digest(body)
    assert time.process_time() - begun < 3
