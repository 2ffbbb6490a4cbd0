"""WARC files packed with Zstandard, frame after frame, as some archives hand them out.

The form is https://iipc.github.io/warc-specifications/specifications/warc-zstd/: the file may begin
with a frame that holds the dictionary its records are packed with. Files packed with gzip are
unpacked where their records are read.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO, cast

import zstandard

_FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MOST_HEAD = 18  # bytes of a frame's
_CHECKSUM = 4  # bytes
_MOST_DICTIONARY = 16 * 1024 * 1024
_MOST_WINDOW = 128 * 1024 * 1024  # what zstd itself accepts without being asked to
# pages of text pack 30 to 1
_BOMB_RATIO, _BOMB_BYTES = 1000, 256 * 1024 * 1024


class PackedBadly(OSError):
    """The bytes cannot be unpacked; what came before them could."""


def unpacked_file(file: BinaryIO) -> BinaryIO:
    """The file as it is, or its bytes unpacked where Zstandard packed it.

    Reading what it gives raises PackedBadly where it is damaged, a bomb, or ends inside a frame.
    Constant memory but for the window, 128 MB at most.
    """
    first = file.read(4)
    file.seek(0)
    if first not in (_FRAME, _DICTIONARY):
        return file
    try:
        dictionary = _dictionary(file) if first == _DICTIONARY else None
        unpack = zstandard.ZstdDecompressor(
            dict_data=dictionary, max_window_size=_MOST_WINDOW
        ).stream_reader(file, read_across_frames=True)
    except (zstandard.ZstdError, struct.error, MemoryError) as error:
        raise PackedBadly(str(error)) from error
    return cast(BinaryIO, _Unpacked(file, unpack))


def _dictionary(file: BinaryIO) -> zstandard.ZstdCompressionDict:
    _, size = struct.unpack("<4sI", file.read(8))
    if size > _MOST_DICTIONARY:
        raise PackedBadly("the dictionary is too large")
    data = file.read(size)
    if data[:4] == _FRAME:
        unpack = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
        data = unpack.stream_reader(data).read(_MOST_DICTIONARY)
    return zstandard.ZstdCompressionDict(data)


def _is_whole(file: BinaryIO) -> bool:
    """Whether the last frame is there to its end: where it is not, zstandard just stops.

    Goes from block to block by their sizes, without unpacking any:
    https://www.rfc-editor.org/rfc/rfc8878#name-zstandard-frames
    """
    end = file.seek(0, io.SEEK_END)
    at = 0
    while at < end:
        file.seek(at)
        head = file.read(_MOST_HEAD)
        if head[1:4] == _DICTIONARY[1:]:  # a frame to be skipped, by its size
            at += 8 + int.from_bytes(head[4:8], "little")
            continue
        try:
            checked = zstandard.get_frame_parameters(head).has_checksum
            at = _blocks_end(file, at + zstandard.frame_header_size(head))
        except zstandard.ZstdError:
            return False
        at += _CHECKSUM if checked else 0
    return at == end


def _blocks_end(file: BinaryIO, at: int) -> int:
    """Where the blocks end that begin at `at`; ZstdError where their heads do."""
    last = False
    while not last:
        file.seek(at)
        head = file.read(3)
        if len(head) < 3:
            raise zstandard.ZstdError("no block")
        fields = int.from_bytes(head, "little")
        last, one_byte = bool(fields & 1), fields >> 1 & 3 == 1  # repeated as often as `size` says
        at += 3 + (1 if one_byte else fields >> 3)
    return at


class _Unpacked(io.RawIOBase):
    """The unpacked bytes, bounded against what was packed to fill a disk."""

    def __init__(self, file: BinaryIO, unpack: zstandard.ZstdDecompressionReader) -> None:
        self._file = file
        self._unpack = unpack
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._unpack.read1(len(buffer))  # damage costs nothing that came before it
        except zstandard.ZstdError as error:
            raise PackedBadly(str(error)) from error
        if not data and len(buffer) and not _is_whole(self._file):
            raise PackedBadly("the file was cut short")
        self._given += len(data)
        if self._given > _BOMB_BYTES and self._given > _BOMB_RATIO * self._file.tell():
            raise PackedBadly("a compression bomb")
        buffer[: len(data)] = data
        return len(data)
