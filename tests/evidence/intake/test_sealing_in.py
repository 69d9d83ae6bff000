"""A file that is kept sealed alone, in either store: nothing of it lies there in the clear."""

import io

import pytest
import samples

from issues.evidence.intake.sealing_in import place_of, take_in_sealed
from issues.evidence.refusals import BrokenFile, KindNotAllowed
from issues.ground.secrecy import sealing


def test_the_store_holds_the_sealed_bytes_alone(kept):
    sealing.use_secrets(["a secret of these tests"])
    plain = samples.jpeg()

    taken = take_in_sealed(io.BytesIO(plain), "来信.jpg", store=kept.store, issue_id=7)

    assert list(kept.store.digests()) == [taken.sha256]
    with kept.store.read_verified(taken.sha256) as file:
        held = file.read()
    assert plain not in held
    assert plain[:64] not in held
    assert sealing.open_sealed(held, place_of(7)) == plain
    assert (taken.size, taken.media_type) == (len(plain), "image/jpeg")
    assert kept.store.preview(taken.plain_sha256, 320) is None
    assert kept.leftovers() == []


@pytest.mark.parametrize("name", ["来信.exe", "来信.pdf"])
def test_a_file_that_is_refused_leaves_nothing(kept, name):
    with pytest.raises((KindNotAllowed, BrokenFile)):
        take_in_sealed(io.BytesIO(b"nonsense"), name, store=kept.store, issue_id=7)

    assert list(kept.store.digests()) == []
    assert kept.leftovers() == []
