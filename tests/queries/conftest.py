import random

import pytest
from registers import Register


@pytest.fixture(params=range(2))
def register(request, people):
    """A register of forty random tickets; the same ones for the same number."""
    return Register(random.Random(request.param), people)  # noqa: S311 - nothing secret
