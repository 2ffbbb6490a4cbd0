"""WARC files packed with Zstandard: frames, dictionaries, and what is none."""

from __future__ import annotations

import gzip
import io
import random
import struct
from contextlib import suppress

import pytest
import zstandard

from storage.warc.packing import PackedBadly, unpacked_file
from tests.warc_files import OLD, shot, warc

DATA = warc([shot(number, OLD) for number in range(1, 6)], packed=False)
SAMPLES: list[bytes | bytearray | memoryview] = [
    f"<p>第{number}号建议办理答复</p>".encode() * 30 for number in range(200)
]
DICTIONARY = zstandard.train_dictionary(4000, SAMPLES)


def frames(data: bytes, dictionary: zstandard.ZstdCompressionDict | None = None) -> bytes:
    """Packed piece by piece, as archives pack record by record."""
    pack = zstandard.ZstdCompressor(dict_data=dictionary)
    return b"".join(pack.compress(data[at : at + 3000]) for at in range(0, len(data), 3000))


def with_dictionary(packed_too: bool) -> bytes:
    content = DICTIONARY.as_bytes()
    if packed_too:
        content = zstandard.compress(content)
    head = b"\x5d\x2a\x4d\x18" + struct.pack("<I", len(content))
    return head + content + frames(DATA, DICTIONARY)


@pytest.mark.parametrize(
    "packed",
    [zstandard.compress(DATA), frames(DATA), with_dictionary(False), with_dictionary(True)],
    ids=["one frame", "many", "with a dictionary", "with a packed dictionary"],
)
def test_packed_file_is_unpacked(packed: bytes) -> None:
    assert unpacked_file(io.BytesIO(packed)).read() == DATA


@pytest.mark.parametrize("data", [b"", b"WA", DATA, gzip.compress(DATA)])
def test_other_files_stay_as_they_are(data: bytes) -> None:
    assert unpacked_file(io.BytesIO(data)).read() == data


def test_what_comes_before_damage_is_given() -> None:
    packed = bytearray(frames(DATA))
    packed[-40:] = b"x" * 40
    stream = unpacked_file(io.BytesIO(packed))
    given = b""
    with pytest.raises(PackedBadly):
        while piece := stream.read(64 * 1024):
            given += piece
    assert given == DATA[: len(DATA) // 3000 * 3000]


@pytest.mark.parametrize("write_checksum", [False, True])
def test_file_cut_inside_a_frame_is_named(write_checksum: bool) -> None:
    pack = zstandard.ZstdCompressor(write_checksum=write_checksum)
    frame = pack.compress(DATA)
    for whole in (b"", with_dictionary(False), frame):
        for cut in (4, 5, 12, len(frame) // 2, len(frame) - 1):
            given = b""
            with pytest.raises(PackedBadly):
                stream = unpacked_file(io.BytesIO(whole + frame[:cut]))
                while piece := stream.read(64 * 1024):
                    given += piece
            if whole:
                assert given.startswith(DATA[: len(DATA) // 3000 * 3000])
    assert unpacked_file(io.BytesIO(frame + frame)).read() == DATA + DATA


@pytest.mark.parametrize(
    "data",
    [
        b"\x5d\x2a\x4d\x18",
        b"\x5d\x2a\x4d\x18\xff\xff\xff\xff" + b"x" * 100,
        b"\x5d\x2a\x4d\x18\x08\0\0\0\x28\xb5\x2f\xfdabcd" + frames(DATA),
    ],
)
def test_dictionary_that_is_none_is_named(data: bytes) -> None:
    with pytest.raises(PackedBadly):
        unpacked_file(io.BytesIO(data)).read()


def test_bomb_is_left_early() -> None:
    pack = zstandard.ZstdCompressor(level=3).compressobj()
    piece = b"\0" * (8 * 1024 * 1024)
    data = b"".join(pack.compress(piece) for _ in range(48)) + pack.flush()
    stream = unpacked_file(io.BytesIO(data))
    with pytest.raises(PackedBadly, match="bomb"):
        while stream.read(1024 * 1024):
            pass


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bytes_raise_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(with_dictionary(bool(seed % 2)) if seed % 3 else frames(DATA))
    for _ in range(3):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    with suppress(PackedBadly):
        unpacked_file(io.BytesIO(data)).read()
