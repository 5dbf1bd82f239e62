"""What an archive must satisfy before anything in it is unpacked: no bomb, no damage, no secret."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from extract.errors import RefusedFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins, such as XLS: no archive, though one may be embedded at its end."""
UNPACKED_LIMIT = 512 << 20
RATIO_LIMIT = 200
SMALL = 16 << 20
"""Below this nothing is a bomb, however well it was packed."""
ENTRY_LIMIT = 10_000
CHUNK = 1 << 20
DAMAGED = {"spreadsheet": "spreadsheet_damaged", "archive": "archive_damaged"}
ENCRYPTED = {"spreadsheet": "spreadsheet_encrypted", "archive": "archive_encrypted"}
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What Python's unpackers raise over bytes that are cut or corrupt."""


def open_archive(path: Path, what: str) -> zipfile.ZipFile:
    """Return a ZIP archive whose directory is sound.

    Args:
        path: the archive.
        what: `spreadsheet` or `archive`.

    Raises:
        RefusedFileError: it is damaged, a bomb or encrypted.
    """
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise damaged(what, str(error)) from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = path.stat().st_size
    if unpacked > UNPACKED_LIMIT or unpacked > max(SMALL, RATIO_LIMIT * packed):
        raise bomb(f"unpacks to {unpacked} bytes")
    if len(entries) > ENTRY_LIMIT:
        raise bomb(f"has {len(entries)} entries")
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedFileError(
            ENCRYPTED[what], "the file is protected by a password: send it without one"
        )
    return archive


def read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, what: str, use: Callable[[bytes], object]
) -> None:
    """Give the bytes of an entry to `use`, chunk by chunk, counted and checked by their CRC.

    Raises:
        RefusedFileError: the entry is damaged or longer than it says.
    """
    for chunk in entry_chunks(archive, entry, what):
        use(chunk)


def entry_chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, what: str) -> Iterator[bytes]:
    """Yield the bytes of an entry, chunk by chunk, counted and checked by their CRC.

    Raises:
        RefusedFileError: the entry is damaged or longer than it says.
    """
    left = entry.file_size
    try:
        with archive.open(entry) as source:
            while chunk := source.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise bomb(f"holds more in {entry.filename!r} than it says")
                yield chunk
    except DAMAGE as error:
        raise damaged(what, f"{entry.filename}: {error}") from error


def damaged(what: str, detail: str) -> RefusedFileError:
    """Return the refusal of an archive that is cut or corrupt."""
    return RefusedFileError(
        DAMAGED[what], f"the file is cut or corrupt ({detail}): save or pack it again"
    )


def bomb(detail: str) -> RefusedFileError:
    """Return the refusal of an archive that would unpack to more than an export can need."""
    return RefusedFileError(
        "archive_bomb",
        f"the file {detail}, which no field office export needs: save it again, or send it as CSV",
    )
