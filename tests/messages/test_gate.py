"""One gate stands before everything that leaves the house, and its settings are read strictly."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from far_side import allowed

from config import Config, Misconfigured
from issues.ground import outward
from issues.ground.clock import SHANGHAI
from issues.messages.choosing import Quiet
from issues.notices.delivery import outside

ROOT = Path(__file__).parents[2]
SPEAKS = re.compile(r"^\s*(?:import|from) (?:apprise|requests|smtplib)\b", re.MULTILINE)
GIVEN = {"DEMO": "1", "SECRET_KEY": "known to every test"}


GATES = ("outward.pass_out(", "if not outward.may_speak():")
"""What is told, and what is asked: a time stamp, whose answer is no yes or no."""


def speaks_past_the_gate(text):
    return bool(SPEAKS.search(text)) and not any(gate in text for gate in GATES)


def test_who_speaks_to_others_does_so_through_the_gate():
    """What signs people in (auth/doors) asks, and tells nothing."""
    found = [
        path.as_posix()
        for path in sorted((ROOT / "issues").rglob("*.py"))
        if speaks_past_the_gate(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert speaks_past_the_gate("from requests import Session\n"), "a planted one is found"


def test_a_shut_gate_sends_no_mail(monkeypatch):
    sent = []
    monkeypatch.setattr(outside, "_deliver", lambda *told: sent.append(told) or True)
    assert outside.deliver("mailto://a", "题", "文")
    with allowed(is_silent=lambda: True):
        assert not outside.deliver("mailto://a", "题", "文")
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OUTBOUND_HOSTS", "https://a.cn"), ("OUTBOUND_HOSTS", "a.cn/x"), ("OUTBOUND_HOSTS", "甲"),
        ("MAIL_URL", "smtp://a.cn"), ("SILENT", "perhaps"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(tmp_path, name, value):
    with pytest.raises(Misconfigured, match=name):
        Config.from_env(GIVEN | {name: value}, tmp_path)


def test_hosts_are_read_whatever_parts_them(tmp_path):
    told = GIVEN | {"OUTBOUND_HOSTS": "A.cn, b.cn 10.0.0.1", "SILENT": "1"}
    config = Config.from_env(told, tmp_path)
    assert config.outbound_hosts == {"a.cn", "b.cn", "10.0.0.1"}
    assert config.is_silent
    with allowed(hosts=config.outbound_hosts):
        assert outward.is_open_to("https://b.cn/x")
        assert not outward.is_open_to("https://b.cn.evil/x")
        assert not outward.is_open_to("https://[")


@pytest.mark.parametrize(
    ("hour", "is_quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("07:29", True),
     ("07:30", False), ("12:00", False)],
)  # fmt: skip
def test_the_hours_of_quiet_go_over_midnight(hour, is_quiet):
    moment = datetime.fromisoformat(f"2025-11-25T{hour}").replace(tzinfo=SHANGHAI)
    assert Quiet().holds(moment) is is_quiet
    assert not Quiet("00:00", "00:00").holds(moment)
