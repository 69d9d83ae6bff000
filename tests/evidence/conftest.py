"""The two stores: a folder, and a real S3 server on a port of this machine."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import obstore
import pytest
from buckets import BUCKET, KEY, SECRET, serving
from obstore.store import S3Store

from issues.evidence.intake.incoming import key_of
from issues.evidence.storage.store import Store, open_store


@dataclass
class Kept:
    """A store, and a hand that reaches behind it."""

    store: Store
    overwrite: Callable[[str, bytes], None]
    leftovers: Callable[[], list]


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def local(tmp_path):
    root = tmp_path / "kept"

    def overwrite(sha256, data):
        path = root / key_of(sha256)
        path.chmod(0o640)
        path.write_bytes(data)

    store = open_store(root.as_uri(), {}, reserve=0)
    return Kept(store, overwrite, lambda: list((root / "incoming").glob("*")))


@pytest.fixture
def bucket(s3_server, tmp_path):
    prefix, spool = uuid.uuid4().hex, tmp_path / "spool"
    client = S3Store(
        BUCKET,
        prefix=prefix,
        config={
            "access_key_id": KEY,
            "secret_access_key": SECRET,
            "endpoint": s3_server.endpoint,
            "region": "us-east-1",
        },
        client_options={"allow_http": True, "timeout": timedelta(seconds=10)},
    )
    url = f"s3://{BUCKET}/{prefix}"
    store = open_store(url, s3_server.options, reserve=0, spool=spool)
    return Kept(
        store,
        lambda sha256, data: obstore.put(client, key_of(sha256), data),
        lambda: list(spool.glob("*")),
    )


@pytest.fixture(params=["local", "bucket"])
def kept(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def store(kept):
    return kept.store
