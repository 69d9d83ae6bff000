"""The faces the set-up built, and a document drawn and read back."""

import pytest
from measured import BUILT, Reading

from issues.notices.fonts.files import load_faces
from issues.notices.page.gongwen import render


@pytest.fixture(scope="session")
def faces():
    """Only the faces of the set-up, whatever else the machine has."""
    return load_faces(BUILT, None, ())


@pytest.fixture
def drawn(faces):
    return lambda document: Reading(render(document, faces))
