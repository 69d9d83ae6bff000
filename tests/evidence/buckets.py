"""A real S3 server on a port of this machine, begun and ended as often as a test wants."""

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from needs import need

KEY, SECRET, BUCKET = "evidence-tests", "not-a-secret-of-anyone", "evidence"
RCLONE = Path(sys.executable).with_name("rclone")


@dataclass
class S3Server:
    endpoint: str

    @property
    def options(self):
        return {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_ENDPOINT_URL": self.endpoint,
        }


@contextmanager
def serving(root, port=0):
    """What lies under `root` as buckets, until the end."""
    need(RCLONE.exists(), "rclone is not installed")
    (root / BUCKET).mkdir(exist_ok=True)
    command = [RCLONE, "serve", "s3", root, "--addr", f"127.0.0.1:{port}"]
    command += ["--auth-key", f"{KEY},{SECRET}", "--config", "", "--vfs-cache-mode", "off"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own
        try:
            yield S3Server(_endpoint(server))
        finally:
            server.terminate()


def _endpoint(server):
    said = []
    for line in server.stderr:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    pytest.fail("".join(said))
