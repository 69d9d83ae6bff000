"""The faces the set-up built, and a document drawn and read back."""

from pathlib import Path

import pytest
from measured import Reading

from issues.notices.fonts import load_faces
from issues.notices.gongwen import render

BUILT = Path(__file__).resolve().parents[2] / ".tools" / "fonts"


@pytest.fixture(scope="session")
def faces():
    """Only the faces of the set-up, whatever else the machine has."""
    return load_faces(BUILT, None, ())


@pytest.fixture
def drawn(faces):
    return lambda document: Reading(render(document, faces))
