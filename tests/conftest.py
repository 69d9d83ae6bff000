"""What most tests start from: an app on a fresh database, the cast, a browser, a ticket.

`app` stands on SQLite; a test or module marked `both` runs on SQLite and on a real PostgreSQL.
Where the two would tell the same, the cases of a test go `by_turns`, or it is for `postgresql`
alone, the one that takes less: half the time, and each statement is still asked of both. Where
figures are counted each of these runs on both.
"""

import contextlib
import dataclasses
import gc
import os
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import people as cast
import pytest
from databases import (
    EMPTY,
    IN_USE,
    POSTGRESQL,
    SETTLED,
    SQLITE,
    PostgresqlDatabases,
    SqliteFiles,
    postgresql_server,
)
from flask_migrate import upgrade
from hypothesis import settings
from page import Browser

from auth.passwords import keep_cheaply
from config import Config
from extensions import db
from issues.ground import clock
from issues.ground.secrecy import marking

TODAY = date(2025, 11, 25)
MIGRATIONS = Path(__file__).parents[1] / "migrations"


def pytest_configure(config):
    settings.register_profile("untimed", deadline=None)  # a busy machine breaks no test
    settings.load_profile("untimed")
    config.addinivalue_line("markers", "both: runs on SQLite and on a real PostgreSQL")
    config.addinivalue_line("markers", "by_turns: as both, each case on one of the two by turns")
    config.addinivalue_line("markers", "postgresql: runs on a real PostgreSQL alone")
    config.addinivalue_line("markers", "sqlite: of a module on both, runs on SQLite alone")
    config.addinivalue_line(
        "markers", "measured: takes times; run by python -m bench.figures alone"
    )


LONG = (
    "browser/judged/test_axe.py", "browser/scale/test_scale.py", "web/door/test_hostile.py",
    "exchange/test_example_city.py", "security/figures/test_objects.py",
    "database/test_migrations.py", "browser/drafts/test_desk.py", "workflow/test_long_walks.py",
    "browser/test_main_line.py", "browser/moving/test_a_city_moves_in.py",
    "faults/test_killed_migrations.py", "queries/board/test_figures.py", "exchange/test_past.py",
    "browser/judged/test_every_page.py", "workflow/test_every_act.py", "workflow/test_unseen.py",
    "practice/test_processes.py", "database/test_reach.py", "web/worklist/test_page.py",
    "exchange/again/test_taking_back.py", "faults/test_at_once.py", "backups/test_moving.py",
    "browser/room/test_room.py", "browser/test_uploading.py",
)  # fmt: skip
"""Files that take the longest are begun first, so that no worker is left alone with one."""


def pytest_collection_modifyitems(config, items):
    measured = [item for item in items if item.get_closest_marker("measured")]
    if measured and "FIGURES" not in os.environ:
        config.hook.pytest_deselected(items=measured)
        items[:] = [item for item in items if item not in measured]
    if (twins := _twins(items)) and "FIGURES" not in os.environ:
        config.hook.pytest_deselected(items=twins)
        items[:] = [item for item in items if item not in set(twins)]
    folder = Path(__file__).parent
    places = {str(folder / name): place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(str(item.path), len(LONG)))


def _twins(items):
    """The case of a test `by_turns` on the database whose turn it is not."""
    seen, twins = {}, []
    for item in items:
        if not item.get_closest_marker("by_turns") or "database" not in item.callspec.params:
            continue
        params = item.callspec.params  # their indices count the calls: no two are the same
        case = tuple(sorted((name, id(params[name])) for name in params if name != "database"))
        cases = seen.setdefault((item.path, item.cls, item.originalname), {})
        turn = cases.setdefault(case, len(cases)) % 2
        if item.callspec.params["database"] != (POSTGRESQL, SQLITE)[turn]:
            twins.append(item)
    return twins


def pytest_collectstart():
    gc.disable()  # what is made while tests are collected stays to the end


def pytest_collection_finish():
    look_seldom()


def look_seldom():
    """What is there now stays to the end of the run and is not looked through again and again."""
    gc.freeze()
    gc.set_threshold(5_000, 10, 50)
    gc.enable()


def pytest_generate_tests(metafunc):
    if "database" not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker
    kinds = [SQLITE, POSTGRESQL] if any(map(marked, ("both", "by_turns", "postgresql"))) else []
    if marked("sqlite"):
        kinds = []
    elif marked("postgresql") and "FIGURES" not in os.environ:
        kinds = [POSTGRESQL]
    if kinds:
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(autouse=True)
def _a_fixed_day():
    clock.stand_still(TODAY)
    marking.confirm(confirmed=False)  # a test of a command leaves it as its person said
    yield
    clock.stand_still(None)


@pytest.fixture(scope="session")
def postgresql():
    with postgresql_server() as url:
        yield url


@dataclasses.dataclass
class Place:
    """One kind of database with the one app that stands on it for the whole run.

    The app is made once, because compiling its templates costs more than a test; each test gets a
    fresh copy of the database under it, an empty evidence folder, and the process's own keys and
    ways as the app hands them over, whatever the test before put in their place.
    """

    databases: object
    folder: object
    app: object = None
    hand_over: object = None
    shelf: object = None

    def __post_init__(self):
        from shelf import Shelf  # noqa: PLC0415 - as below

        from app import create_app, hand_over  # noqa: PLC0415 - rules need no app

        keep_cheaply(cheaply=True)
        self.shelf = Shelf(self)
        self.databases.create(IN_USE)
        settings = self.config()
        self.app = create_app(settings)
        self.hand_over = partial(hand_over, self.app, settings)
        with self.app.app_context():
            self.databases.hurry(db.engine)
            upgrade(MIGRATIONS)
            db.engine.dispose()
        self.databases.copy(IN_USE, EMPTY)
        with self.app.app_context():
            cast.settle()
            db.session.remove()
            db.engine.dispose()
        self.databases.copy(IN_USE, SETTLED)
        look_seldom()

    def config(self, **changes):
        settings = Config.from_env(
            {
                "DATABASE_URL": self.databases.url(IN_USE),
                "EVIDENCE_URL": self.evidence.as_uri(),
                "SECRET_KEY": "known to every test and to nobody else",
                "DEMO": "1",
                "DEMO_PASSWORD": cast.PASSWORD,
                "TODAY": TODAY.isoformat(),
                "HOST": "127.0.0.1",
                "PORT": "0",
                "WORKERS": "1",
            }
        )
        own = {"testing": True, "instance": self.folder / "instance"}
        return dataclasses.replace(settings, **own | changes)

    @property
    def evidence(self):
        return self.folder / "evidence"

    @contextlib.contextmanager
    def fresh(self, template=None):
        """The app on a copy of a template; on a database without any table where none is named."""
        with self.app.app_context():
            self.databases.leave(db.engine)
            self.databases.lent.close_left()
            if self.databases.copy(template) if template else self.databases.create(IN_USE):
                db.engine.dispose()
            shutil.rmtree(self.evidence, ignore_errors=True)
            self.shelf.begin(template)
            self.hand_over()
            yield self.app
            db.session.remove()
            self.databases.leave(db.engine)


@pytest.fixture(scope="session")
def sqlite_place(tmp_path_factory):
    folder = tmp_path_factory.mktemp(SQLITE)
    return Place(SqliteFiles(folder), folder)


@pytest.fixture(scope="session")
def postgresql_place(postgresql, tmp_path_factory):
    place = Place(PostgresqlDatabases(postgresql), tmp_path_factory.mktemp(POSTGRESQL))
    yield place
    with place.app.app_context():
        db.engine.dispose()
    place.databases.close()


@pytest.fixture
def database(request):
    """The kind of database the test stands on."""
    return getattr(request, "param", SQLITE)


@pytest.fixture
def place(request, database):
    """Made when a test first asks for its kind of database."""
    return request.getfixturevalue(f"{database}_place")


@pytest.fixture
def app(place):
    """The app, in an app context, with the units and the cast in its database."""
    with place.fresh(SETTLED) as app:
        yield app


@pytest.fixture
def empty_app(place):
    """The app on a database with every table and no row."""
    with place.fresh(EMPTY) as app:
        yield app


@pytest.fixture
def blank_app(place):
    """The app on a database without any table."""
    with place.fresh() as app:
        yield app


@pytest.fixture
def people(app):
    return cast.People()


@pytest.fixture
def monkeypatch():
    """As the library's own, and the shelf knows when it is touched."""
    from shelf import patching  # noqa: PLC0415 - rules need no app

    yield from patching()


@pytest.fixture
def shelf(place):
    return place.shelf


@pytest.fixture
def browser(app, shelf):
    return Browser(app, shelf)


@pytest.fixture
def make_issue(people, shelf):
    from make import Maker  # noqa: PLC0415 - rules need no acts

    return Maker(people, shelf)
