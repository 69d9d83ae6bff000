"""What selfcheck says of how the product is run."""

import dataclasses
from datetime import date

import pytest

from issues import selfcheck
from issues.logs import folder
from issues.notices.fonts.files import NoFonts


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
