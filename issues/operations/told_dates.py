"""Whether what has a day is in time: the last backup and drill, the calendar, the certificate."""

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum

from issues import quarantine
from issues.backups import daily, drills
from issues.colour.policies import workdays
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.operations.readings import Ground

RENEWED_AHEAD = timedelta(days=14)
ANNOUNCED_BY = 12
"""The month by which the State Council has announced the next year's holidays, in all of the last
years: Chinese deadlines of a winter reach into it.
"""
NO_FOLDER = "BACKUP_DIR 没有设置，不自动备份，请另行安排 backup 命令每天执行"


class Grade(Enum):
    """A FAULT ends selfcheck by 1; a HINT is told."""

    FAULT = "须处理"
    HINT = "请留意"


Told = Iterator[tuple[Grade, str]]


def of_backup(ground: Ground) -> Told:
    """A copy put back is backed up by nobody, an example need not be."""
    folder = ground.settings.backup_dir
    if folder is None and not ground.settings.demo:
        yield Grade.HINT, NO_FOLDER
    if not quarantine.is_on():
        yield from ((Grade.FAULT, told) for told in daily.faults(folder))


def of_drill(ground: Ground) -> Told:
    if not quarantine.is_on():
        yield from ((Grade.FAULT, told) for told in drills.faults(ground.settings.backup_dir))


def of_calendar(_ground: Ground) -> Told:
    today, days = clock.today(), workdays()
    if days.guessed(today, today):
        yield Grade.FAULT, _unknown(today.year, "工作日按周一至周五推算")
    following = today.replace(year=today.year + 1, month=1, day=1)
    if today.month >= ANNOUNCED_BY and days.guessed(following, following):
        yield Grade.HINT, _unknown(following.year, "跨年的期限按周一至周五推算")


def _unknown(year: int, counted: str) -> str:
    return f"{year}年的节假日安排没有录入，{counted}，请在“工作日历”中录入"


def of_certificate(ground: Ground) -> Told:
    try:
        found = ground.signer()
        until = found.holds_until() if found else None
        lists = found.lists_until() if found else None
    except Refusal as wrong:
        yield Grade.FAULT, f"{wrong.sentence}对应设置 SIGN_CERT、SIGN_KEY_PASSWORD。"
        return
    if until is not None and until <= clock.now() + RENEWED_AHEAD:
        over = "已于{}到期，签发的文书不受信任" if until <= clock.now() else "将于{}到期"
        yield Grade.FAULT, f"签名证书 SIGN_CERT {over.format(clock.day_of(until))}，请更换证书"
    if lists is not None and lists <= clock.now():
        yield Grade.FAULT, f"吊销列表 SIGN_CRLS 已于{clock.day_of(lists)}过期，不能签发，请更新列表"
