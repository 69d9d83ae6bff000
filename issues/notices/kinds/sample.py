"""An example notice of each template, for its preview. Nothing in it is a real matter."""

from issues.notices.kinds import TEMPLATES, UPWARD
from issues.notices.kinds.shape import BulletinFacts, IssueFacts, NoticeFactsDoc

_UNIT = "示范县人民政府"
_OFFICE = "示范市生态环境保护委员会办公室"
_ISSUE: IssueFacts = {
    "number": "示例-AF-2025-001",
    "source_label": "市级暗访督导",
    "source_ref": "第12项",
    "title": "示范镇场镇生活污水直排河道",
    "problem": "场镇污水管网破损渗漏，生活污水经雨水沟直排河道。",
    "goal": "完成破损管网修复2.4公里，污水全部收集处理。",
    "criteria": "沿线无直排。",
    "deadline": "2025-10-31",
    "deadline_text": "2025年10月底前",
    "primary_unit": _UNIT,
    "lead_unit": "示范市生态环境局",
    "sponsor": "某副市长",
    "region_name": "示范县",
    "status_label": "整改中",
    "round": 1,
    "progress": [
        {"no": 1, "text": "完成管网排查", "deadline": "2025-06-30", "done": True},
        {"no": 2, "text": "修复破损管网", "deadline": "2025-10-31", "target": "2.4",
         "unit_of_target": "公里", "confirmed": "1.1", "done": False},
    ],
    "reasons": [
        {"rule": "R1", "label": "逾期", "since": "2025-11-01",
         "because": "整改时限2025年10月31日，截至2025年11月25日已逾期25天，未申请验收",
         "remedy": "按程序申请验收或经批准延期"},
    ],
    "card": None,
    "earlier_notices": [
        {"number": "示环委办提〔2025〕3号", "kind_label": "提示函", "signed_on": "2025-09-02"},
    ],
}  # fmt: skip


def sample(name: str, text: str) -> NoticeFactsDoc:
    """The facts of an example draft written from this text."""
    kind, _, part = name.partition("-")
    facts: NoticeFactsDoc = {
        "kind": TEMPLATES[name].kind.value,
        "template": text,
        "form": part if kind in ("N5", "N9") else "",
        "number": None,
        "signed_on": None,
        "as_of": "2025-11-25",
        "unit_name": _UNIT,
        "issuer": {"mark": _OFFICE, "name": _OFFICE, "short": "示范市环委办"},
        "issues": [] if kind == "N5" else [_ISSUE],
        "basis": ["《中华人民共和国环境保护法》"],
        "demands": [],
        "sign_due": "2025-11-27",
        "reply_due": "2025-11-28",
        "reply_by": "单位主要负责同志",
        "contact": {"name": "某同志", "phone": "0000-0000000"},
        "copies": ["市目标绩效办"],
        "urgency": None,
        "example": True,
        "meeting": {"on": "2025-12-05", "time": "上午9:00", "report_due": "2026-01-04"},
        "clue": {"text": "示范线索一件"},
    }
    if part and kind == "N8":
        facts["outcome"] = {"what": part, "on": "2025-11-20", "reason": "示范理由", "card": "红牌"}
    if kind == "N5":
        facts["bulletin"] = _BOARD
    if kind == "N9":
        facts |= _WRITTEN
    if name in UPWARD:
        facts["signers"] = []
    return facts


_WRITTEN: NoticeFactsDoc = {
    "subject": "示范事项整改工作",
    "body": "现将有关事项说明如下。\n一、基本情况\n示范内容。\n二、下一步工作\n示范内容。",
    "minutes": {
        "present": ["某副市长", "示范县人民政府某同志"], "observers": ["示范市生态环境局某同志"],
        "points": "会议听取了整改进展情况。", "statement": "示范县人民政府表示按期完成整改。",
        "tasks": [{"text": "修复破损管网", "unit_name": "示范县", "due": "2025-12-31"}],
    },
}  # fmt: skip

_BOARD: BulletinFacts = {
    "on": "2025-11-25", "red": 1, "yellow": 1, "green": 60, "closed": 40, "total": 102,
    "groups": [
        {"name": "示范县", "red": 1, "yellow": 0, "green": 40, "closed": 22},
        {"name": "示范区", "red": 0, "yellow": 1, "green": 20, "closed": 18},
    ],
    "earlier": [{"on": "2025-10-25", "red": 5, "yellow": 6, "green": 62, "closed": 30}],
    "listed": [
        {"number": "示例-AF-2025-001", "title": "示范镇场镇生活污水直排河道", "unit": "示范县",
         "deadline": "2025-10-31", "colour": "红", "rules": ["逾期"]},
        {"number": "示例-AF-2025-002", "title": "示范河段垃圾堆放", "unit": "示范区",
         "deadline": "2025-12-10", "colour": "黄", "rules": ["临期"]},
    ],
    "red_cards": 1, "yellow_cards": 0,
    "anchor": "0" * 64,
}  # fmt: skip
