"""Wires everything. Nothing imports it but tests, seed and servers."""

import logging
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined
from sqlalchemy import inspect, select

import issues.api
import issues.commands
import issues.imprints.writing
import issues.web
from auth.actor import NOBODY
from auth.doors.settings import doors_of
from auth.passwords import keep_cheaply
from config import ROOT, Config, Misconfigured
from extensions import csrf, db, login, migrate, open_safely
from issues import audit, quarantine
from issues.dossiers.sealing import Seal
from issues.evidence.storage.store import open_store
from issues.figures import build, here
from issues.figures.kept import Kept
from issues.ground import clock, outward, practice
from issues.ground.secrecy import owner_only, sealing
from issues.imprints import keys
from issues.logs import folder, lines
from issues.models import Event
from issues.notices.fonts.faces import Faces
from issues.notices.fonts.files import load_faces
from issues.notices.ofd.sealing import OfdSeal, SoftSeal
from issues.notices.pdf.signature import Signer
from issues.practice.keeper import Keeper
from issues.practice.settings import practice_of
from issues.vocabulary import Subject
from issues.works.starting import Starter

POOL_BEYOND = 10
STATEMENTS = 1_200
"""The pages and acts have about 1,000 statements, all told: none is put together or read twice."""
"""Connections beyond one for each thread: for those who have waited for their turn."""
logger = logging.getLogger(__name__)


def create_app(config: Config | None = None) -> Flask:
    """The product on these settings, or on those of the environment."""
    config = config or Config.from_env()
    app = Flask(
        __name__,
        root_path=str(ROOT),
        instance_path=str(config.instance),
        template_folder="templates",
        static_folder="static",
    )
    app.testing = config.testing
    app.config.update(_of_flask(config))
    app.json = _answers(app)
    app.jinja_env.undefined = StrictUndefined
    app.extensions["settings"] = config
    app.extensions["evidence"] = open_store(config.evidence_url, config.s3_options)
    app.extensions["faces"] = _faces_once(config)
    app.extensions["signer"] = _signer_once(config)
    app.extensions["ofd_seal"] = _seal_once(config)
    app.extensions["seal"] = Seal(
        config.secret_key,
        lambda: app.extensions["settings"].public_url,
        app.extensions["signer"],
    )
    app.extensions["works"] = Starter(is_idle=config.testing)
    app.extensions["figures"] = Kept(config.instance / "figures", build.version())
    app.extensions |= {"doors": doors_of(config), "practice": _beside(app, config)}
    hand_over(app, config)
    if not config.testing:
        owner_only.tighten(config)
        _begin_log(config)
    _open_extensions(app)
    _set_clock(app, config)
    issues.web.add_pages(app)
    issues.api.add_calls(app)
    issues.commands.add_commands(app)
    return app


def _beside(app: Flask, config: Config) -> Keeper:
    """The practice city beside this one."""
    return Keeper(lambda: app.extensions["settings"], practice_of(config))


def _answers(app: Flask) -> DefaultJSONProvider:
    """Chinese as it is written, members in the order they were put."""
    answers = DefaultJSONProvider(app)
    answers.ensure_ascii = answers.sort_keys = False
    return answers


def hand_over(app: Flask, config: Config) -> None:
    """What whole layers of this process work with, and no function is given.

    Keys, algorithms, the way outside, whether this is a practice city.
    """
    practice.set_apart(is_practice=practice_of(config).is_one)
    keep_cheaply(cheaply=config.testing)
    audit.use_family(config.crypto)
    owner_only.from_now_on()
    sealing.use_secrets((config.secret_key, *config.earlier_secrets), config.crypto)
    keys.use_secret(config.secret_key, config.earlier_secrets)
    here.use(app.extensions["figures"])

    def address() -> str:
        return str(app.extensions["settings"].public_url)

    def is_silent() -> bool:
        return config.is_silent or practice.is_practice() or quarantine.holds_back(app)

    outward.use(outward.Way(config.outbound_hosts, config.mail_url, address, is_silent))


def _of_flask(config: Config) -> dict[str, Any]:
    """The settings in the names Flask and its extensions know."""
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": not config.database_url.startswith("sqlite"),
            "pool_size": config.workers,
            "max_overflow": POOL_BEYOND,
            "query_cache_size": STATEMENTS,
            "connect_args": _statements_of_sqlite(config.database_url),
            "hide_parameters": True,  # a failed statement is logged without what people wrote
        },
        # A browser does not tell ports apart, so the two cities of one host need two names.
        "SESSION_COOKIE_NAME": "practice" if practice_of(config).is_one else "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "WTF_CSRF_CHECK_DEFAULT": False,  # admission.guard() checks, once it knows who asks
        "WTF_CSRF_TIME_LIMIT": None,  # a long form lives as long as the session
        "PROPAGATE_EXCEPTIONS": False,
    }


def _statements_of_sqlite(database_url: str) -> dict[str, Any]:
    """SQLite's driver keeps but 128, and reads the acts' statements anew each time."""
    return {"cached_statements": STATEMENTS} if database_url.startswith("sqlite") else {}


def _begin_log(config: Config) -> None:
    """To the terminal, and into the folder that is named."""
    root = logging.getLogger()
    if root.handlers:
        return
    root.setLevel(logging.INFO)
    root.addHandler(logging.StreamHandler(sys.stderr))
    if config.log_dir is not None:
        root.addHandler(folder.Daily(config.log_dir, config.log_days))
    for handler in root.handlers:
        handler.setFormatter(lines.formatter(config.log_format))


def _open_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    login.init_app(app)
    login.anonymous_user = lambda: NOBODY
    login.session_protection = None
    with app.app_context():
        open_safely(db.engine)
        here.watch(db.engine, POOL_BEYOND)


def _set_clock(app: Flask, config: Config) -> None:
    """Stand still on the example's day. It never falls before a day already acted on."""
    if config.today is None:
        clock.stand_still(None)
        return
    with app.app_context():
        last = _last_day_acted_on()
        db.session.remove()
        db.engine.dispose()  # a server that forks must not share what was opened before
    day = config.today
    if last is not None and last > day:
        if config.is_today_chosen:
            raise Misconfigured(f"TODAY 不能早于数据中最后办理的日期 {last}，现为 {day}。")
        day = last
        logger.info("the business date goes on from the last act, %s", day)
    clock.stand_still(day)


def _last_day_acted_on() -> date | None:
    """The last day a person did something to the city's own affairs; a look at a day is no act."""
    if not inspect(db.engine).has_table(Event.__tablename__):
        return None
    acts = select(Event.on).where(
        Event.actor_id.is_not(None), Event.subject != Subject.ACCOUNT.value
    )
    return db.session.scalar(acts.order_by(Event.on.desc()).limit(1))


def _faces_once(config: Config) -> Callable[[], Faces]:
    @cache
    def faces() -> Faces:
        return load_faces(config.tool_folder / "fonts", config.fonts_dir)

    return faces


def _seal_once(config: Config) -> Callable[[], OfdSeal | None]:
    """What seals the OFD of a paper, where a seal is set."""

    @cache
    def seal() -> OfdSeal | None:
        if config.seal_file is None or config.seal_key is None:
            return None
        return SoftSeal(config.seal_file, config.seal_key)

    return seal


def _signer_once(config: Config) -> Callable[[], Signer | None]:
    """Who signs PDFs, where a certificate is set. Read at its first use: few processes need it."""

    @cache
    def signer() -> Signer | None:
        if config.sign_cert is None:
            return None
        return import_module("issues.notices.pdf.sealing").Certificate(
            config.sign_cert, config.sign_key_password, config.sign_roots,
            config.tsa_url, config.must_stamp, config.sign_crls,
        )  # fmt: skip

    return signer
