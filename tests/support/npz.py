"""NPZ files byte by byte: headers that say anything, members that numpy would not write."""

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping


def header(descr: object, shape: tuple[object, ...], raw: str = "") -> bytes:
    """The beginning of an array's member; `raw` stands in the place of its dictionary."""
    text = raw or repr({"descr": descr, "fortran_order": False, "shape": shape})
    encoded = text.encode("latin-1") + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(encoded)) + encoded


def npz(
    members: Mapping[str, bytes],
    more: Mapping[str, bytes] | None = None,
    compression: int = zipfile.ZIP_STORED,
) -> bytes:
    """An archive of those members, and of more that are compressed as numpy does."""
    file = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content, compression)
        for name, content in (more or {}).items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
