"""Pictures, decoded in a process of their own with limits of time, memory and pixels.

One run proves the file, reads its facts and makes its previews.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore

from issues.evidence.photos import PhotoFacts
from issues.evidence.refusals import BrokenFile, KindNotAllowed

ROOT = Path(__file__).resolve().parents[2]
WORKER = "issues.evidence.picture_worker"
SECONDS = 9

_OTHER_KIND, _TOO_MANY_PIXELS = 10, 11  # picture_worker.Exit; importing it would load the decoders
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGKILL) if os.name == "posix" else ()
_TOO_SLOW = "图片解码超时，未保存，请另存为普通 JPEG 后重新上传。"
_at_once = BoundedSemaphore(max(2, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Study:
    """`previews`: JPEG bytes by the longest edge asked for."""

    facts: PhotoFacts
    previews: dict[int, bytes]


def study(path: Path, decoder: str, edges: Iterable[int] = ()) -> Study:
    """Decode the whole picture. `decoder` is Pillow's name of the format.

    Raises KindNotAllowed where it is another format, BrokenFile where it does not decode.
    """
    edges = sorted(set(edges))
    said = _run([str(path), decoder, *map(str, edges)])
    end = 4 + int.from_bytes(said[:4], "big")
    head = json.loads(said[4:end])
    previews = {}
    for edge, size in zip(edges, head["sizes"], strict=True):
        previews[edge] = said[end : end + size]
        end += size
    return Study(_facts(head["facts"]), previews)


def _run(arguments: list[str]) -> bytes:
    command = [sys.executable, "-m", WORKER, *arguments]
    try:
        with _at_once:
            done = subprocess.run(  # noqa: S603 - a list, our own module, a path of our own making
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},  # and none of our secrets
                cwd="/",
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise BrokenFile(_TOO_SLOW) from error
    if -done.returncode in _OUT_OF_TIME:
        raise BrokenFile(_TOO_SLOW)
    if done.returncode == _OTHER_KIND:
        raise KindNotAllowed("文件内容与扩展名不符，请上传原始图片文件。")
    if done.returncode == _TOO_MANY_PIXELS:
        raise BrokenFile("图片像素过大，未保存，请缩小尺寸后重新上传。")
    if done.returncode != 0:
        raise BrokenFile("图片损坏或不完整，无法打开，未保存，请重新拍摄或重新导出。")
    return done.stdout


def _facts(said: dict) -> PhotoFacts:
    taken_at = said.pop("taken_at")
    return PhotoFacts(**said, taken_at=taken_at and datetime.fromisoformat(taken_at))
