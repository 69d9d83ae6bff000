"""A ZIP archive without a clock: the same parts in the same order give the same bytes."""

import io
import zipfile
from collections.abc import Mapping

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first a ZIP archive can say, which is to say none."""
PACKED = frozenset({".xml", ".rels", ".ttf"})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Text and fonts are pressed; pictures, which are pressed already, are not."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = 0o644 << 16
            pressed = name[name.rfind(".") :] in PACKED
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED)
    return out.getvalue()
