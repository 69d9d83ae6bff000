"""Who may do each act on a notice, and from which status."""

from collections.abc import Callable

from auth.actor import Actor
from issues.models import Notice
from issues.notices.rights import (
    may_edit,
    may_reply,
    may_review,
    may_sign,
    may_sign_for,
    may_void,
)
from issues.vocabulary import NoticeAct, NoticeStatus

RIGHTS: dict[NoticeAct, Callable[[Actor, Notice], bool]] = {
    NoticeAct.EDIT: may_edit,
    NoticeAct.SIGN: may_sign,
    NoticeAct.VOID: may_void,
    NoticeAct.ACKNOWLEDGE: may_sign_for,
    NoticeAct.REPLY: may_reply,
    NoticeAct.ACCEPT_REPLY: may_review,
    NoticeAct.RETURN_REPLY: may_review,
    NoticeAct.OPINE: may_edit,
    NoticeAct.ADD_MEASURES: may_edit,
}
ORIGINS: dict[NoticeAct, frozenset[NoticeStatus]] = {
    NoticeAct.EDIT: frozenset({NoticeStatus.DRAFT}),
    NoticeAct.SIGN: frozenset({NoticeStatus.DRAFT}),
    NoticeAct.VOID: frozenset({NoticeStatus.DRAFT, NoticeStatus.SIGNED}),
    NoticeAct.ACKNOWLEDGE: frozenset({NoticeStatus.SIGNED}),
    NoticeAct.REPLY: frozenset({NoticeStatus.SIGNED}),
    NoticeAct.ACCEPT_REPLY: frozenset({NoticeStatus.SIGNED}),
    NoticeAct.RETURN_REPLY: frozenset({NoticeStatus.SIGNED}),
    NoticeAct.OPINE: frozenset({NoticeStatus.DRAFT}),
    NoticeAct.ADD_MEASURES: frozenset({NoticeStatus.SIGNED}),
}
