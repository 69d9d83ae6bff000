"""A real S3 server on a port of this machine, begun and ended as often as a test wants."""

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from needs import need

from tools.scale import stores

KEY, SECRET, BUCKET = stores.KEY, "not-a-secret-of-anyone", stores.BUCKET


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
    need(stores.RCLONE.exists(), "rclone is not installed")
    told = stores.s3(root, SECRET, port)
    with subprocess.Popen(  # noqa: S603 - our own
        told.command, env=os.environ | told.environ, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            yield S3Server(_endpoint(server))
        finally:
            server.terminate()


def _endpoint(server):
    said = []
    for line in server.stderr:
        said.append(line)
        if found := stores.LISTENS.search(line):
            return found[0]
    pytest.fail("".join(said))
