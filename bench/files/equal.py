"""`python -m bench.files.equal [N]`: N files are sent in, each taken out and compared.

Photos, drawings and reports of many sizes, each with bytes of its own, go through the product's
own interface as one request each. What comes out is compared byte for byte with what was sent,
which is made again from the file's number; nothing that the product says of a file is believed.
"""

import io
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from PIL import Image

from app import create_app
from bench.data import Ground, prepare
from config import Config
from extensions import db

FILES = 10_000
TOLD_EVERY = 1000
CREATED, OK = 201, 200
SIZES = (40, 97, 160, 333)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)


@dataclass
class Tally:
    sent: int = 0
    equal: int = 0
    refused: int = 0
    differing: int = 0


def bytes_of(number: int) -> tuple[str, bytes]:
    """The name and the bytes of the file of this number, always the same."""
    chance = random.Random(number)  # noqa: S311 - pictures, not secrets
    kind = ("jpg", "png", "jpg", "pdf", "jpg")[number % 5]
    if kind == "pdf":
        return f"报告{number}.pdf", PDF + b"%" + chance.randbytes(chance.randrange(9, 60_000)).hex(
        ).encode() + b"\n%%EOF\n"  # fmt: skip
    width, height = chance.choice(SIZES), chance.choice(SIZES)
    small = Image.frombytes("RGB", (8, 6), chance.randbytes(144))
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, "JPEG" if kind == "jpg" else "PNG")
    tail = chance.randbytes(chance.randrange(1, 40_000)) if kind == "jpg" else b""
    return f"照片{number}.{kind}", out.getvalue() + tail


def run(ground: Ground, count: int, tell: Callable[[str], object]) -> Tally:
    app = create_app(Config.from_env(ground.environ))
    tokens, numbers = ground.facts["tokens"], ground.facts["open"]
    client, tally = app.test_client(), Tally()
    kept: dict[int, str] = {}
    for number in range(count):
        answer = _send(client, tokens[0], numbers[number % len(numbers)], *bytes_of(number))
        tally.sent += 1
        if answer.status_code == CREATED:
            kept[number] = answer.headers["Location"]
        else:
            tally.refused += 1
        if number % TOLD_EVERY == TOLD_EVERY - 1:
            tell(f"已上传 {number + 1}")
    for number, place in kept.items():
        same = _fetched(client, tokens[0], place) == bytes_of(number)[1]
        tally.equal += same
        tally.differing += not same
    with app.app_context():
        db.engine.dispose()
    return tally


def _send(client: FlaskClient, token: str, issue: str, name: str, data: bytes):  # noqa: ANN202 - the test client's own answer
    answer = client.post(
        f"/api/v1/issues/{issue}/evidence",
        data={"kind": "other", "file": (io.BytesIO(data), name)},
        headers={"Authorization": f"Bearer {token}"},
    )
    answer.request.environ["wsgi.input"].close()  # the client keeps the form in a file of its own
    return answer


def _fetched(client: FlaskClient, token: str, place: str) -> bytes | None:
    with client.get(place, headers={"Authorization": f"Bearer {token}"}) as answer:
        return answer.data if answer.status_code == OK else None


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    with tempfile.TemporaryDirectory() as folder:
        tally = run(prepare(Path(folder), 50), count, print)
    print(
        f"上传 {tally.sent} 份，取回逐字节相同 {tally.equal} 份，"
        f"被拒 {tally.refused} 份，不同 {tally.differing} 份"
    )
    return 0 if tally.equal == count else 1


if __name__ == "__main__":
    sys.exit(main())
