"""What selfcheck says of how the product is run."""

import dataclasses
import shutil
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from extensions import transaction
from issues import audit, selfcheck
from issues.ground import clock
from issues.logs import folder
from issues.notices.fonts.files import NoFonts
from issues.notices.pdf import sealing
from issues.operations.bounds import LEAST_FREE
from issues.vocabulary import Action, Subject
from tests.notices.pdf import certificates


def no_fonts():
    raise NoFonts("no fonts")


@pytest.fixture
def settings(app, tmp_path):
    (tmp_path / "log").mkdir(mode=0o700)
    own = {"demo": False, "instance": tmp_path, "log_dir": tmp_path / "log", "tried_password": None}
    return dataclasses.replace(app.extensions["settings"], **own)


def said(settings):
    return list(selfcheck.faults_of_operation(settings))


def test_what_others_may_read_and_a_log_that_is_not_kept_are_told(settings):
    home = settings.log_dir
    (home / folder.BEGUN).write_text("2024-01-01")
    (home / folder.name_of(date(2024, 1, 1))).touch()
    assert said(settings) == []

    home.chmod(0o755)
    (told,) = said(settings)
    assert str(home) in told
    assert "chmod go-rwx" in told
    home.chmod(0o700)
    (home / folder.name_of(date(2024, 1, 1))).unlink()
    (told,) = said(settings)
    assert "没有日志文件" in told
    (home / folder.BEGUN).unlink()
    (told,) = said(settings)
    assert "没有起始日期" in told


def test_without_a_folder_it_is_a_hint_and_none_for_the_example(settings):
    unkept = dataclasses.replace(settings, log_dir=None)

    assert "LOG_DIR" in selfcheck.hints(no_fonts, unkept)[0]
    assert selfcheck.hints(no_fonts, dataclasses.replace(unkept, demo=True)) == []


def more_than(before, told):
    return [one for one in told if one not in before]


def test_a_disk_that_is_nearly_full_is_told_once(settings, monkeypatch):
    before = said(settings)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: (1 << 40, 0, LEAST_FREE - 1))
    (told,) = more_than(before, said(settings))
    assert "请腾出空间或扩容" in told
    assert "数据库" in told
    assert "日志" in told


@pytest.mark.parametrize(
    ("days", "words"), [(10, "将于"), (0, "已于"), (-40, "已于"), (20, ""), (400, "")]
)
def test_a_certificate_is_told_before_and_after_its_last_day(settings, days, words):
    until = clock.now() + timedelta(days=days)
    signer = SimpleNamespace(holds_until=lambda: until, lists_until=lambda: None)
    told = more_than(said(settings), selfcheck.faults_of_operation(settings, lambda: signer))
    assert len(told) == bool(words)
    assert all(words in one and str(clock.day_of(until)) in one for one in told)


@pytest.mark.parametrize(("days", "is_told"), [(-1, True), (1, False)])
def test_lists_of_revocations_that_are_out_of_date_are_told(settings, days, is_told):
    """With them nothing is signed."""
    far, until = clock.now() + timedelta(days=400), clock.now() + timedelta(days=days)
    signer = SimpleNamespace(holds_until=lambda: far, lists_until=lambda: until)
    told = more_than(said(settings), selfcheck.faults_of_operation(settings, lambda: signer))
    assert ["SIGN_CRLS" in one for one in told] == [True] * is_told


def test_a_real_certificate_tells_its_day_and_one_that_cannot_be_read_is_told(settings, tmp_path):
    bundle, roots = certificates.make(tmp_path / "own")
    clock.stand_still(None)
    before = said(settings)
    own = sealing.Certificate(bundle, certificates.PASSWORD, roots)
    assert timedelta(days=29) < own.holds_until() - clock.now() < timedelta(days=30)
    for wrong in (
        sealing.Certificate(bundle, "not the password", roots),
        sealing.Certificate(roots, certificates.PASSWORD, roots),
        sealing.Certificate(tmp_path / "nowhere", certificates.PASSWORD, roots),
    ):
        (told,) = more_than(
            before, selfcheck.faults_of_operation(settings, lambda held=wrong: held)
        )
        assert "SIGN_KEY_PASSWORD" in told


def test_an_hour_of_the_day_that_stands_still_is_not_later_than_now(app, people):
    """The example's acts are dated by its day and read by the hour of today."""

    def told(moment):
        with transaction():
            audit.record(Subject.TICKET, 1, Action.COMMENT, people.chen, at=moment)
        return [fault for fault in selfcheck._clock() if "晚于现在" in fault]  # noqa: SLF001 - one of many

    last_of_the_day = datetime.combine(clock.today(), time(23, 59), clock.SHANGHAI)
    assert told(last_of_the_day) == []
    assert told(last_of_the_day + timedelta(days=1))
