"""`notices render`: the same bytes from the frozen facts."""

import hashlib

from pressed import noon, planned, press

from extensions import transaction
from issues.notices import acts, drafting
from issues.vocabulary import NoticeAct, NoticeKind

TODAY = noon("2025-11-25")


def test_a_signed_notice_is_drawn_again_byte_for_byte(app, people, tmp_path):
    issue = planned(people)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [issue.number], people.sun, TODAY)
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
        number, digest = notice.number, notice.sha256
    target = tmp_path / "notice.pdf"

    answer = app.test_cli_runner().invoke(args=["notices", "render", number, "-o", str(target)])

    assert answer.exit_code == 0, answer.output
    assert "与签发原件一致" in answer.output
    assert hashlib.sha256(target.read_bytes()).hexdigest() == digest


def test_an_unknown_number_is_said(app, tmp_path):
    target = tmp_path / "notice.pdf"
    answer = app.test_cli_runner().invoke(args=["notices", "render", "无此文号", "-o", str(target)])

    assert answer.exit_code == 1
    assert "没有文号为“无此文号”的文书" in answer.output
    assert not target.exists()
