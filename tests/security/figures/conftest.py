"""The city of the figures: built once for each kind of database, then copied."""

import shutil

import pytest
from asking import Asking, put_back
from city import build, set_up

NAME = "figures"


@pytest.fixture
def _doors(app):
    with set_up(app):
        yield


@pytest.fixture
def city(place, app, browser, make_issue, _doors):
    kept = place.folder / NAME
    if not hasattr(place, NAME):
        setattr(place, NAME, build(app, browser, make_issue))
        app.extensions["api_limit"].forget()
        place.databases.keep(NAME)
        shutil.copytree(place.evidence, kept)
    put_back(place, NAME)
    shutil.rmtree(place.evidence, ignore_errors=True)
    shutil.copytree(kept, place.evidence)
    return getattr(place, NAME)


@pytest.fixture
def asking(place, app, city):
    yield Asking(app, city, place)
    app.extensions["api_limit"].forget()
