"""The problems of the example's ledger, and copies of them with a tenth of their signs changed."""

import pytest
from sheets import LEDGER, understood


@pytest.fixture(scope="session")
def problems():
    return [item.problem for item in understood(LEDGER).items]


@pytest.fixture(scope="session")
def edited(problems):
    """Of a text and a source of chance, the copy."""
    signs = "".join(problems)

    def copy(text, rng):
        letters = list(text)
        for place in rng.sample(range(len(letters)), max(1, len(letters) // 10)):
            letters[place] = rng.choice(signs)
        return "".join(letters)

    return copy
