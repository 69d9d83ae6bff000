"""What an appeal and its ruling ask for, on the page and over the API."""

from collections.abc import Mapping
from typing import Any

from issues.act_fields import Field, optional
from issues.scores import appeals
from issues.vocabulary import ScoreAct

APPEAL = (
    Field("text", "long_text", "申诉的事实和理由", limit=appeals.LONGEST),
    optional(
        "evidence",
        "evidences",
        "佐证材料",
        hint=f"从本事项的材料中选，最多{appeals.MOST_FILES}份；没有的先到事项页上传。",
    ),
)
RULED = (ScoreAct.UPHOLD, ScoreAct.REJECT)
REASON = Field("reason", "long_text", "裁定理由", limit=appeals.LONGEST)
RULING = (
    Field(
        "decision", "choice", "裁定",
        choices=((ScoreAct.UPHOLD.value, "申诉成立，恢复这一分"),
                 (ScoreAct.REJECT.value, "申诉不成立，维持这一分")),
    ),
    REASON,
)  # fmt: skip


def is_upheld(said: Mapping[str, Any]) -> bool:
    return bool(said["decision"] == ScoreAct.UPHOLD.value)
