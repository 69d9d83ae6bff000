"""Doors of a test: the app set to a server that really listens, and what a person does there."""

import dataclasses

import pytest
from cas_server import CasServer
from loopback import web_server
from oidc_provider import CLIENT, SECRET, Provider
from sqlalchemy import select

from auth import identities
from auth.actor import SYSTEM
from auth.doors.settings import doors_of
from auth.models import User
from extensions import db, transaction


class Setting:
    """The app set to some doors; as it was before, afterwards."""

    def __init__(self, app):
        self.app = app

    def doors(self, *, is_oidc_only=False, **outside):
        settings = dataclasses.replace(
            self.app.extensions["settings"], outside=outside, is_oidc_only=is_oidc_only
        )
        self.app.extensions["settings"] = settings
        self.app.extensions["doors"] = doors_of(settings)
        return self.app.extensions["doors"]


@pytest.fixture
def setting(app, monkeypatch):
    for name in ("settings", "doors"):
        monkeypatch.setitem(app.extensions, name, app.extensions[name])
    return Setting(app)


@pytest.fixture
def provider(setting):
    """`renew()` makes us forget what the provider once told of itself."""
    with web_server(Provider()) as provider:
        provider.renew = lambda **how: setting.doors(
            OIDC_ISSUER=provider.url, OIDC_CLIENT_ID=CLIENT, OIDC_CLIENT_SECRET=SECRET, **how
        )
        provider.renew()
        yield provider


@pytest.fixture
def cas(setting):
    with web_server(CasServer()) as server:
        setting.doors(CAS_URL=f"{server.url}/cas")
        yield server


@pytest.fixture
def linked(app):
    """Link an identity of a door with an account, as the command line does."""

    def link(name, kind, subject):
        door = app.extensions["doors"][kind]
        with transaction():
            user_id = db.session.scalar(select(User.id).where(User.name == name))
            identities.link_for(SYSTEM, user_id, kind, door.issuer, subject)
        return user_id

    return link
