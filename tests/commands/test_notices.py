"""`notices render`: the same bytes from the frozen facts; `notices round`: a round in one file."""

import hashlib

from pressed import noon, planned, press
from pypdf import PdfReader
from test_bulletin import closed_round

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


def test_one_signed_under_older_rules_of_setting_is_given_as_it_was_signed(app, people, tmp_path):
    issue = planned(people)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [issue.number], people.sun, TODAY)
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
        number, digest = notice.number, notice.sha256
    with transaction():
        notice.facts = {name: fact for name, fact in notice.facts.items() if name != "setting"}
    target = tmp_path / "notice.pdf"

    answer = app.test_cli_runner().invoke(args=["notices", "render", number, "-o", str(target)])

    assert answer.exit_code == 0, answer.output
    assert "取出的是签发原件，校验值相符" in answer.output
    assert hashlib.sha256(target.read_bytes()).hexdigest() == digest


def test_an_unknown_number_is_said(app, tmp_path):
    target = tmp_path / "notice.pdf"
    answer = app.test_cli_runner().invoke(args=["notices", "render", "无此文号", "-o", str(target)])

    assert answer.exit_code == 1
    assert "没有文号为“无此文号”的文书" in answer.output
    assert not target.exists()


def test_all_of_a_round_are_put_into_one_file_drafts_too(app, people, tmp_path):
    planned(people)
    round_ = closed_round(people)
    target = tmp_path / "round.pdf"

    asked = ["notices", "round", str(round_.id), "-o", str(target)]
    answer = app.test_cli_runner().invoke(args=asked)

    assert answer.exit_code == 0, answer.output
    text = "".join(page.extract_text() for page in PdfReader(target).pages).replace("\n", "")
    assert "督办通知书（红牌）" in text
    assert "草稿" in text
    answer = app.test_cli_runner().invoke(args=["notices", "round", "99", "-o", str(target)])
    assert answer.exit_code == 1
