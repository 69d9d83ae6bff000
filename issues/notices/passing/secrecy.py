"""密级, 保密期限 and 份号 of a paper, as far as the operator has declared the system fit for them.

《保守国家秘密法》: state secrets are not handled in a system that is not built for them. The
product cannot know what it runs on: without the operator's word nobody is even asked.
"""

import re
from collections.abc import Mapping
from typing import Any

from issues.ground.refusals import Incomplete
from issues.notices.kinds.own.secrecy import MARKS

NONE, INTERNAL, CLASSIFIED = "none", "internal", "classified"
LEVELS = (NONE, INTERNAL, CLASSIFIED)
"""What SECRECY may say; the first where it says nothing."""
FIELDS = frozenset({"secrecy", "secrecy_term", "copy_number"})
WARNING = "涉及国家秘密的内容不得在非涉密系统中处理、存储"
NUMBERED = frozenset({"confidential", "top"})
_TERM = re.compile(r"\d{1,2}(?:年|个月)|长期")
_COPY = re.compile(r"\d{6}")


def is_asked(level: str) -> bool:
    return level in {INTERNAL, CLASSIFIED}


def refuse_unfit(values: Mapping[str, Any], level: str) -> None:
    """Of what was sent with an edit. Raises Incomplete."""
    mark, term, copy = (values.get(name) for name in ("secrecy", "secrecy_term", "copy_number"))
    wrong: dict[str, list[str]] = {}
    if mark and (level == NONE or (level == INTERNAL and mark != INTERNAL)):
        wrong["secrecy"] = [f"本系统未声明可以处理“{MARKS[mark]}”文书：{WARNING}。"]
    elif mark and mark != INTERNAL and not term:
        wrong["secrecy_term"] = ["请填写保密期限"]
    elif mark in NUMBERED and not copy:
        wrong["copy_number"] = ["机密、绝密文书应当标注份号"]
    if term and (not _TERM.fullmatch(term) or mark in {None, INTERNAL}):
        wrong["secrecy_term"] = ["应是1年、6个月或长期，并选择密级"]
    if copy and (level == NONE or not _COPY.fullmatch(copy)):
        wrong["copy_number"] = ["份号应是6位数字，如000001"]
    if wrong:
        raise Incomplete(wrong)
