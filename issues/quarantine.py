"""A database put back from a backup is held apart until somebody says that it is the real one.

Two copies of one city must not both write to people. The word stands in the database itself, so it
holds for every process, and comes with the copy.
"""

from flask import Flask
from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db
from issues import audit
from issues.colour.policies import setting
from issues.ground import clock
from issues.models import Setting
from issues.vocabulary import RecordAct, Subject

KEY = "quarantine"
FAULT = (
    "本系统是从备份恢复的副本，不向外发送；确认它就是正式系统后，运行 "
    "flask --app app restore release 解除。"
)
RECORD = 0


def is_on() -> bool:
    return bool(setting(KEY))


def holds_back(app: Flask) -> bool:
    """The same, on a connection of its own: whoever sends holds no transaction."""
    with app.app_context(), db.engine.connect() as connection:
        return bool(connection.scalar(select(Setting.value).where(Setting.key == KEY)))


def begin(taken_at: str) -> None:
    """Never commits."""
    db.session.merge(Setting(key=KEY, value=taken_at))


def release() -> bool:
    """Whether there was anything to release. Never commits."""
    if not is_on():
        return False
    db.session.merge(Setting(key=KEY, value=""))
    audit.record(Subject.RECORD, RECORD, RecordAct.RELEASE, SYSTEM, at=clock.now())
    return True
