"""Evidence in an object store is backed up and put back as that in a folder is."""

import io

from samples import jpeg

from config import ROOT
from extensions import db, transaction
from issues.backups import putting_back, taking
from issues.evidence.storage.store import open_store
from issues.ground import clock
from issues.models import LedgerImport

LARGEST = 10**7


def test_it_comes_back_into_another_bucket(app, place, bucket, s3_server, tmp_path):
    kept = bucket.store.put(io.BytesIO(jpeg()), limit=LARGEST)
    bucket.store.put(io.BytesIO(b"named by no row"), limit=LARGEST)
    with transaction():
        db.session.add(LedgerImport(name="a", sha256=kept.sha256, uploaded_at=clock.now()))
    taking.take(tmp_path / "kept", bucket.store)

    second = open_store("s3://evidence/second", s3_server.options, reserve=0, spool=tmp_path / "s")
    with place.fresh():
        putting_back.put_back(tmp_path / "kept", second, str(ROOT / "migrations"))

    assert list(second.digests()) == [kept.sha256]
    with second.read_verified(kept.sha256) as file:
        assert file.read() == jpeg()
