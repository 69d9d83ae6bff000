"""Several PDFs as one, in the order given. A digital signature holds for its own file only."""

import subprocess
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pikepdf

from config import ROOT

CLAIM = "2B"


def merged(files: Iterable[bytes]) -> bytes:
    """Every page of every file; fonts they share are kept once a file. Same files, same bytes."""
    out = BytesIO()
    merge_into(out, map(BytesIO, files))
    return out.getvalue()


def merge_into(out: BinaryIO, parts: Iterable[Path | BinaryIO]) -> None:
    """Streams are copied as they stand: pressing them anew takes twenty times as long."""
    whole, claims = pikepdf.new(), True
    for one in parts:
        with pikepdf.open(one) as part:
            _without_form(part)
            whole.pages.extend(part.pages)
            claims = claims and _keeps_colours(whole, part)
    whole.Root.Lang = "zh-CN"
    if claims:
        _claim(whole)
    whole.save(
        out,
        deterministic_id=True,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )


def _keeps_colours(whole: pikepdf.Pdf, part: pikepdf.Pdf) -> bool:
    """What RGB means is said once for all; whether this part claims PDF/A-2b as we do."""
    if "/OutputIntents" in part.Root and "/OutputIntents" not in whole.Root:
        told = part.make_indirect(part.Root.OutputIntents)
        whole.Root.OutputIntents = whole.copy_foreign(told)
    return part.open_metadata().pdfa_status == CLAIM


def _claim(whole: pikepdf.Pdf) -> None:
    with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["pdfaid:part"], about["pdfaid:conformance"] = tuple(CLAIM)


def bind(out: Path, parts: Iterable[Path]) -> None:
    """The same of files in a process of its own, which gives back what it held of them.

    Raises CalledProcessError.
    """
    command = [sys.executable, "-m", __name__, str(out)]
    told = "\n".join(map(str, parts))
    subprocess.run(command, input=told, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own module


def _without_form(part: pikepdf.Pdf) -> None:
    """The field of a digital signature: bound with others it would only say that it is broken."""
    if "/AcroForm" in part.Root:
        del part.Root.AcroForm
        for page in part.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]


if __name__ == "__main__":
    with Path(sys.argv[1]).open("wb") as whole_file:
        merge_into(whole_file, [Path(line) for line in sys.stdin.read().splitlines()])
