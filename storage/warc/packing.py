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
_MOST_DICTIONARY = 16 * 1024 * 1024
_MOST_WINDOW = 128 * 1024 * 1024  # what zstd itself accepts without being asked to
# pages of text pack 30 to 1
_BOMB_RATIO, _BOMB_BYTES = 1000, 256 * 1024 * 1024


class PackedBadly(OSError):
    """The bytes cannot be unpacked; what came before them could."""


def unpacked_file(file: BinaryIO) -> BinaryIO:
    """The file as it is, or its bytes unpacked where Zstandard packed it.

    Reading what it gives raises PackedBadly where it is damaged or a bomb; where it was cut short
    it ends there. Constant memory but for the window, 128 MB at most.
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
        self._given += len(data)
        if self._given > _BOMB_BYTES and self._given > _BOMB_RATIO * self._file.tell():
            raise PackedBadly("a compression bomb")
        buffer[: len(data)] = data
        return len(data)
