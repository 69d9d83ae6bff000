"""What a paper threatens: the next step is the one after the card that stands already."""

import re
from collections.abc import Callable

from issues.notices.kinds.claims.claim import Claim, Facts, Said, row
from issues.notices.kinds.shape import IssueFacts
from issues.notices.kinds.wording import listed

_LISTED, _YELLOW = "列入黄牌情形予以督办", "予以黄牌督办"
_RED = "升级为红牌督办"
_SUMMONS = "提请约谈、挂牌督办"


def next_step(facts: Facts) -> str:
    """What follows if nothing comes of this paper, for each card that its tickets hold."""
    plain = {"N0": _LISTED, "N2": _RED}.get(facts.get("kind", ""), _YELLOW)
    steps = {"黄牌": _RED, "红牌": _SUMMONS}
    found = [steps.get(_label(issue), plain) for issue in facts.get("issues") or ()]
    return "或者".join(dict.fromkeys(found)) or plain


def _label(issue: IssueFacts) -> str:
    return (issue.get("card") or {}).get("label", "")


def _fits(labels: tuple[str, ...], step: str) -> Callable[[Facts, Said], str]:
    """Some ticket of the paper does not hold that card yet, nor a worse one."""

    def lacks(facts: Facts, _said: Said) -> str:
        issues = facts.get("issues") or []
        held = [issue for issue in issues if _label(issue) in labels]
        if not issues or len(held) < len(issues):
            return ""
        named = listed(f"{issue.get('number', '')}已挂{_label(issue)}" for issue in held)
        return f"{named}，后果不能再写{step}"

    return lacks


_WILL = r"将[^，。；被]{0,14}(?:予以|给予|实施|升级|升[为至]|列[入为]|转[为入]|挂)[^，。；]{0,3}"
STEPS: tuple[Claim, ...] = (
    row("再予黄牌", _WILL + r"黄牌(?:督办|情形)?", _fits(("黄牌", "红牌"), "黄牌督办")),
    row("再予红牌", _WILL + r"红牌(?:督办|情形)?", _fits(("红牌",), "红牌督办")),
)


def found_in(text: str) -> list[tuple[Claim, str]]:
    """Each threat of a card, with its words."""
    return [
        (claim, found.group()) for claim in STEPS for found in re.finditer(claim.says or "", text)
    ]
