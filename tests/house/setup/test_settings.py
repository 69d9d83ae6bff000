"""Every setting, and the sentence where it is wrong."""

import stat
import threading
from datetime import date
from ipaddress import ip_network

import pytest

from app import create_app
from auth.actor import SYSTEM
from config import Config, Misconfigured
from extensions import db, transaction
from issues import audit
from issues.ground import clock
from issues.vocabulary import AccountAct, Action, BesideAct, Subject
from tools import serve

FULL = {"DATABASE_URL": "postgresql://u@db/city", "SECRET_KEY": "a secret of some length"}


def read(tmp_path, **given):
    return Config.from_env(given, tmp_path)


def test_without_any_setting_everything_stays_on_this_machine(tmp_path):
    settings = read(tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path}/instance/rectification.db"
    assert settings.evidence_url == f"file://{tmp_path}/instance/evidence"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.demo, settings.today, settings.demo_password) == (False, None, None)


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    made = read(tmp_path).secret_key
    kept = tmp_path / "instance" / "secret_key"

    assert len(made) >= 48
    assert read(tmp_path).secret_key == made
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_together_take_one_secret(tmp_path):
    found = []
    starting = threading.Barrier(8)

    def start():
        starting.wait()
        found.append(read(tmp_path).secret_key)

    processes = [threading.Thread(target=start) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert len(found) == 8
    assert len(set(found)) == 1


def test_production_must_be_given_its_secret(tmp_path):
    with pytest.raises(Misconfigured, match="SECRET_KEY"):
        read(tmp_path, DATABASE_URL=FULL["DATABASE_URL"])
    assert read(tmp_path, **FULL).secret_key == FULL["SECRET_KEY"]


def test_an_address_of_postgresql_names_its_driver(tmp_path):
    assert read(tmp_path, **FULL).database_url == "postgresql+psycopg://u@db/city"


def test_the_example_has_its_own_day_and_a_password_that_stays(tmp_path):
    settings = read(tmp_path, DEMO="1")

    assert settings.today == date(2025, 11, 25)
    assert read(tmp_path, DEMO="1").demo_password == settings.demo_password
    assert read(tmp_path, DEMO="1", DEMO_PASSWORD="given").demo_password == "given"
    assert read(tmp_path, DEMO="1", TODAY="2025-12-31").today == date(2025, 12, 31)


def test_secrets_do_not_stand_in_what_is_printed(tmp_path):
    settings = read(tmp_path, DEMO="1", DEMO_PASSWORD="open sesame", AWS_SECRET_ACCESS_KEY="hidden")

    for secret in (settings.secret_key, "open sesame", "hidden"):
        assert secret not in repr(settings)


def test_the_example_asks_nobody_for_more_than_a_password(tmp_path):
    def told(**given):
        found = read(tmp_path, **given)
        return found.profile, found.password_days, found.second_factor, found.proof_minutes

    assert told(DEMO="1") == ("gb", 0, "off", 0)
    assert told() == ("gb", 90, "roles", 10)
    assert told(PASSWORD_PROFILE="asvs") == ("asvs", 0, "roles", 10)
    asked = {"SECOND_FACTOR": "all", "PROOF_MINUTES": "5", "PASSWORD_DAYS": "30"}
    assert told(DEMO="1", **asked) == ("gb", 30, "all", 5)


def test_proxies_are_networks(tmp_path):
    settings = read(tmp_path, TRUSTED_PROXIES="10.0.0.0/8, 127.0.0.1")

    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("EVIDENCE_URL", "/some/folder"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("DEMO", "perhaps"),
        ("TODAY", "2025-11-25"),
        ("FONTS_DIR", "/nowhere/at/all"),
        ("ANCHOR_DIR", "/nowhere/at/all"),
        ("TRUSTED_PROXIES", "everyone"),
        ("PUBLIC_URL", "hjzg.example.gov.cn"),
        ("PUBLIC_URL", "ftp://hjzg.example.gov.cn"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://someone@hjzg.example.gov.cn"),
        ("PUBLIC_URL", "https://hjzg.example.gov.cn/?a=1"),
        ("PUBLIC_URL", "https://hjzg.example.gov.cn:port"),
        ("PUBLIC_URL", "https://hjzg.example .cn"),
        ("PASSWORD_PROFILE", "none"),
        ("PASSWORD_DAYS", "-1"),
        ("PASSWORD_DAYS", "ninety"),
        ("SECOND_FACTOR", "some"),
        ("PROOF_MINUTES", "61"),
    ],
)
def test_a_wrong_setting_stops_the_start_by_its_name(tmp_path, name, value):
    with pytest.raises(Misconfigured, match=name):
        read(tmp_path, **FULL | {name: value})


def test_production_does_not_start_without_its_public_address(tmp_path):
    with pytest.raises(Misconfigured, match=r"^PUBLIC_URL 未设置.*。$"):
        read(tmp_path, **FULL | {"DEMO": "0"})
    told = read(tmp_path, **FULL | {"DEMO": "0", "PUBLIC_URL": "https://hjzg.example.gov.cn/"})
    assert told.public_url == "https://hjzg.example.gov.cn"
    assert read(tmp_path).public_url == ""
    with pytest.raises(Misconfigured, match="PUBLIC_URL"):
        serve.refuse_without_address(read(tmp_path))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("", "http://127.0.0.1:8000"), ("::", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"), ("10.1.2.3", "http://10.1.2.3:8000"),
    ],
)  # fmt: skip
def test_the_example_is_found_where_it_listens(tmp_path, host, address):
    assert read(tmp_path, DEMO="1", HOST=host).public_url == address
    given = read(tmp_path, DEMO="1", HOST=host, PUBLIC_URL="http://here.example:81")
    assert given.public_url == "http://here.example:81"


def test_an_unreadable_day_and_a_short_secret_stop_the_start(tmp_path):
    with pytest.raises(Misconfigured, match="TODAY"):
        read(tmp_path, DEMO="1", TODAY="25.11.2025")
    with pytest.raises(Misconfigured, match="SECRET_KEY"):
        read(tmp_path, SECRET_KEY="short")


def test_the_business_date_never_falls_before_what_was_done(app, place, people):
    clock.stand_still(date(2025, 12, 3))
    with transaction():
        audit.record(Subject.TICKET, 1, Action.COMMENT, people.chen, at=clock.now())
        clock.stand_still(date(2025, 12, 9))
        audit.record(
            Subject.ACCOUNT, people.chen.id, AccountAct.SIGN_IN, people.chen, at=clock.now()
        )
        audit.record(Subject.TICKET, 1, BesideAct.CHECK_THRESHOLDS, SYSTEM, at=clock.now())
    db.session.remove()

    def start(day, **how):
        other = create_app(place.config(today=day, **how))
        with other.app_context():
            db.engine.dispose()

    with pytest.raises(Misconfigured, match=r"TODAY.*2025-12-03"):
        start(date(2025, 12, 2), is_today_chosen=True)
    start(date(2025, 11, 25), is_today_chosen=False)
    assert clock.today() == date(2025, 12, 3)
    start(date(2025, 12, 4), is_today_chosen=True)
    assert clock.today() == date(2025, 12, 4)
