"""What the tests of claims share."""

import pytest

from issues.notices.kinds.claims import reading


@pytest.fixture
def forgetful():
    """What was read under a patched rule is not kept for other tests."""
    reading._read.cache_clear()  # noqa: SLF001 - the only thing that is kept
    yield
    reading._read.cache_clear()  # noqa: SLF001 - the only thing that is kept
