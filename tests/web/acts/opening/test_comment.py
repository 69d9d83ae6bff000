"""Whoever is concerned leaves a word (留言)."""

from act_cases import Case, StandardCases

from issues.vocabulary import Action, Status


class TestComment(StandardCases):
    case = Case(
        action=Action.COMMENT,
        at=Status.RECTIFYING,
        by="liu",
        ends=Status.RECTIFYING,
        wrong_role="zhao",
        wrong_status=None,
        form={"text": "请关注雨季进度。"},
        bad={"text": ""},
        said="请填写留言",
    )
