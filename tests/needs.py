"""What this machine may lack. A skip says so; with REQUIRE_ALL=1 lacking it is a failure."""

import os

import pytest


def need(present, sentence):
    if present:
        return
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)
