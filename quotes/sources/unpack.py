"""Packed bytes, unpacked while they are read, unless they are a bomb: gzip, and ZIP with one file."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from quotes.errors import SourceError

if TYPE_CHECKING:
    from zipfile import ZipInfo

MOST_UNPACKED: Final = 10_000_000_000
"""The most bytes that one packed file may unpack to."""
MOST_RATIO: Final = 200
"""How many times its packed size a file may have once it is larger than FREE: text has 3 to 20 times."""
FREE: Final = 10_000_000

_GZIP = b"\x1f\x8b"
_CHUNK = 64 * 1024
_END = b"PK\x05\x06"  # the end of a ZIP archive's directory
_END_SIZE, _LONGEST_COMMENT = 22, 65_535
_ZIP64 = b"PK\x06\x07"
_LARGEST_DIRECTORY = 200_000  # bytes: three times what one file's entry can have
_METHODS = (0, 8)  # stored, deflated
_IS_ENCRYPTED = 1


def unpack(stream: BinaryIO, where: str, *, is_zip: bool) -> BinaryIO:
    """Return a stream of what `stream`, which is at its start, holds: itself where it is not packed.

    A stream that begins as gzip is unpacked; one that begins as ZIP only where `is_zip` says so, for office
    documents do as well. Reading raises SourceError where the data is damaged or unpacks to more than a text
    can; so does the call where a ZIP archive holds anything but one plain file.
    """
    head = stream.read(2)
    stream.seek(0)
    if head == _GZIP:
        return Unpacked(Gunzipped(stream, where), _CHUNK)
    if is_zip and head == _END[:2]:
        return _open_zip(stream, where)
    return stream


class Unpacked(io.BufferedReader):
    """A stream of unpacked bytes, which gives all that stand before a fault before it raises."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes, fewer before the end and before a fault."""
        left = MOST_UNPACKED if size is None or size < 0 else size
        parts: list[bytes] = []
        while left:
            try:
                part = self.read1(min(left, _CHUNK))
            except SourceError:
                if not parts:
                    raise
                break
            if not part:
                break
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


class Gunzipped(io.RawIOBase):
    """What a gzip stream holds, member after member; zeros behind the last one do not count."""

    def __init__(self, packed: BinaryIO, where: str) -> None:
        self._packed = packed
        self._where = where
        self._counted = _Counted(where)
        self._inflater: zlib._Decompress | None = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._waiting = b""

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes and return how many they are, 0 at the end."""
        while self._inflater is not None:
            chunk = self._waiting or self._read_packed()
            try:
                data = self._inflater.decompress(chunk, len(buffer))
            except zlib.error as error:
                raise SourceError(f"{self._where}: damaged gzip data; get the file again") from error
            self._waiting = self._inflater.unconsumed_tail
            if not data and not chunk and not self._inflater.eof:
                raise SourceError(f"{self._where}: the gzip data ends too early; get the file again")
            if self._inflater.eof:
                self._begin_member(self._inflater.unused_data)
            if data:
                self._counted.add(len(data))
                buffer[: len(data)] = data
                return len(data)
        return 0

    def close(self) -> None:
        """Close the packed stream too."""
        self._packed.close()
        super().close()

    def _read_packed(self) -> bytes:
        chunk = self._packed.read(_CHUNK)
        self._counted.packed += len(chunk)
        return chunk

    def _begin_member(self, behind: bytes) -> None:
        """Go on with the member that follows; without one, stop."""
        self._inflater = None
        while not (rest := behind.lstrip(b"\0")):
            behind = self._read_packed()
            if not behind:
                return
        self._waiting = rest
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)


class _Limited(io.RawIOBase):
    """A stream out of a ZIP archive, as far as it is no bomb."""

    def __init__(self, archive: BinaryIO, inner: BinaryIO, packed: int, where: str) -> None:
        self._archive, self._inner = archive, inner
        self._counted = _Counted(where, packed)
        self._where = where

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes and return how many they are, 0 at the end."""
        from zipfile import BadZipFile

        try:
            data = self._inner.read(len(buffer))
        except (BadZipFile, zlib.error, EOFError) as error:
            raise SourceError(f"{self._where}: damaged ZIP data; get the file again") from error
        self._counted.add(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the archive too."""
        self._inner.close()
        self._archive.close()
        super().close()


class _Counted:
    """Counts bytes in and out, and refuses what no text unpacks to."""

    def __init__(self, where: str, packed: int = 0) -> None:
        self.packed = packed
        self._unpacked = 0
        self._where = where

    def add(self, count: int) -> None:
        self._unpacked += count
        if self._unpacked > max(FREE, MOST_RATIO * self.packed) or self._unpacked > MOST_UNPACKED:
            raise SourceError(
                f"{self._where}: unpacks to more than {self._unpacked // 1_000_000:,} MB, as no text does; "
                "not read any further"
            )


def _open_zip(stream: BinaryIO, where: str) -> BinaryIO:
    """Return a stream of the one file in a ZIP archive."""
    from zipfile import BadZipFile, ZipFile

    _check_directory(stream, where)
    try:
        archive = ZipFile(stream)
        (only,) = archive.infolist()
        _check_member(only, where)
        inner = archive.open(only)
    except (BadZipFile, ValueError, NotImplementedError, struct.error, EOFError) as error:
        raise SourceError(f"{where}: a ZIP archive that cannot be read; unpack it first") from error
    return Unpacked(_Limited(stream, inner, only.compress_size, where), _CHUNK)  # type: ignore[arg-type]


def _check_directory(stream: BinaryIO, where: str) -> None:
    """Raise where the archive's directory names anything but one file, before it is read into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - 20))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise SourceError(f"{where}: not a whole ZIP archive; get the file again")
    count, directory = struct.unpack_from("<HL", tail, at + 10)
    if count != 1 or directory > _LARGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(_ZIP64):
        raise SourceError(f"{where}: a ZIP archive is read where it holds one file; unpack this one first")


def _check_member(member: ZipInfo, where: str) -> None:
    if member.flag_bits & _IS_ENCRYPTED:
        raise SourceError(f"{where}: a ZIP archive with a password; unpack it first")
    if member.is_dir() or member.compress_type not in _METHODS:
        raise SourceError(f"{where}: a ZIP archive that cannot be read; unpack it first")
