"""Whether there is a practice city, and that nothing of the real one reaches it."""

from pathlib import Path

import pytest

from app import _of_flask
from config import Config, Misconfigured
from issues.practice.keeper import Keeper
from issues.practice.settings import practice_of

INSIDE = {
    "PRACTICE_OF": "http://127.0.0.1:8000", "PRACTICE_KEY": "k", "PRACTICE_DIR": "/nowhere/beside",
    "DEMO": "1",
}  # fmt: skip
NEAR, FAR = "http://127.0.0.1:8000", "https://hjzg.example.gov.cn"


def told(tmp_path, **given):
    return practice_of(Config.from_env(given, tmp_path))


@pytest.mark.parametrize(("given", "is_offered"), [
    ({"DEMO": "1"}, True),
    ({"PUBLIC_URL": NEAR}, True),
    ({"PUBLIC_URL": "http://localhost:8000"}, True),
    ({"PUBLIC_URL": FAR}, False),
    ({"DEMO": "1", "HOST": "10.0.0.5"}, False),
    ({"PUBLIC_URL": FAR, "PRACTICE_URL": "https://lianxi.example.gov.cn"}, True),
    ({"PUBLIC_URL": FAR, "PRACTICE_URL": "https://x.gov.cn", "PRACTICE": "0"}, False),
    ({"DEMO": "1", "PRACTICE": "0"}, False),
])  # fmt: skip
def test_a_machine_open_to_others_has_one_only_where_its_address_is_told(
    tmp_path, given, is_offered
):
    assert told(tmp_path, **given).is_offered is is_offered


@pytest.mark.parametrize(("given", "named"), [
    ({"PUBLIC_URL": FAR, "PRACTICE": "1"}, "PRACTICE_URL"),
    ({"PUBLIC_URL": FAR, "PRACTICE_URL": f"{FAR}/"}, "PRACTICE_URL"),
    ({"PRACTICE": "maybe"}, "PRACTICE"),
    ({"PRACTICE_PORT": "x"}, "PRACTICE_PORT"),
    ({"PRACTICE_URL": "lianxi.example.gov.cn"}, "PRACTICE_URL"),
    ({"PRACTICE_OF": NEAR}, "PRACTICE_OF"),
    (INSIDE | {"PRACTICE_KEY": ""}, "PRACTICE_OF"),
    (INSIDE | {"NOTIFY_URLS": "json://a"}, "NOTIFY_URLS"),
    (INSIDE | {"ANCHOR_URLS": "json://a"}, "ANCHOR_URLS"),
    (INSIDE | {"LDAP_URL": "ldaps://a"}, "LDAP_URL"),
])  # fmt: skip
def test_a_setting_that_cannot_be_is_named(tmp_path, given, named):
    place = {"PRACTICE_DIR": str(tmp_path / "beside")} if "PRACTICE_DIR" in given else {}

    with pytest.raises(Misconfigured, match=named):
        told(tmp_path, **given | place)


def test_inside_everything_is_in_its_own_folder(tmp_path):
    beside = tmp_path / "beside"
    config = Config.from_env(INSIDE | {"PRACTICE_DIR": str(beside)}, tmp_path)
    real = Config.from_env({"DEMO": "1"}, tmp_path)

    assert practice_of(config).is_one
    assert config.instance == beside
    assert config.secret_key != real.secret_key
    assert config.demo_password != real.demo_password


REAL = {
    "SECRET_KEY": "the real city's own", "SECRET_KEY_PREVIOUS": "and that of before",
    "DATABASE_URL": "postgresql://u:secret@db/city", "EVIDENCE_URL": "s3://bucket/real",
    "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "hidden", "DEMO_PASSWORD": "shared",
    "NOTIFY_URLS": "mailto://a", "ANCHOR_URLS": "json://b", "LDAP_URL": "ldaps://c",
    "LDAP_BIND_PASSWORD": "bound", "OIDC_CLIENT_SECRET": "client", "OIDC_ISSUER": "https://d",
    "SIGN_KEY_PASSWORD": "certified", "PUBLIC_URL": NEAR,
}  # fmt: skip


def test_nothing_the_real_city_is_opened_with_or_sends_by_reaches_it(tmp_path):
    config = Config.from_env(REAL, tmp_path)
    keeper = Keeper(lambda: config, practice_of(config))

    given = keeper._environ(8010)  # noqa: SLF001 - what the child is told has no other door

    hidden = [value for name, value in REAL.items() if name != "PUBLIC_URL"]
    assert not [value for value in hidden if any(value in held for held in given.values())]
    inside = Config.from_env(given, tmp_path)
    assert practice_of(inside).key == keeper.practice.key
    assert inside.public_url == "http://127.0.0.1:8010"
    assert Path(inside.database_url.removeprefix("sqlite:///")).parent.parent == inside.instance


def test_the_two_have_cookies_of_two_names(tmp_path):
    given = INSIDE | {"PRACTICE_DIR": str(tmp_path / "beside")}
    names = [
        _of_flask(Config.from_env(told, tmp_path))["SESSION_COOKIE_NAME"] for told in (given, {})
    ]

    assert names == ["practice", "session"]
