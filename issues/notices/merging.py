"""Several PDFs as one, in the order given. A digital signature holds for its own file only."""

from collections.abc import Iterable
from io import BytesIO

import pikepdf


def merged(files: Iterable[bytes]) -> bytes:
    """Every page of every file; fonts they share are kept once a file. Same files, same bytes."""
    whole = pikepdf.new()
    for content in files:
        with pikepdf.open(BytesIO(content)) as part:
            whole.pages.extend(part.pages)
    whole.Root.Lang = "zh-CN"
    out = BytesIO()
    whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
