"""One red notice as facts, and what may be changed in it."""

from issues.notices import kinds

UNIT = "巴州区人民政府"
OFFICE = "巴中市生态环境保护委员会办公室"


def issue(**changes):
    facts = {
        "number": "BZ-AF-2025-001",
        "source_label": "市级暗访督导",
        "source_ref": "暗访第12项",
        "title": "巴州区大茅坪镇场镇生活污水直排河道",
        "problem": "场镇污水管网破损渗漏，生活污水约120m³/d经雨水沟直排“小溪河”，"
        "下游断面氨氮2.4mg/L。",
        "goal": "完成破损管网修复2.4公里，污水全部收集处理，断面稳定达到Ⅲ类。",
        "criteria": "污水处理站出水达到GB 18918-2002一级A标准，沿线无直排。",
        "deadline": "2025-10-31",
        "deadline_text": "2025年10月底前",
        "primary_unit": UNIT,
        "lead_unit": "市生态环境局",
        "sponsor": "赵副市长",
        "region_name": "巴州区",
        "status_label": "整改中",
        "round": 1,
        "progress": [
            {"no": 1, "text": "完成管网排查", "deadline": "2025-06-30", "done": True},
            {
                "no": 2,
                "text": "修复破损管网",
                "deadline": "2025-10-31",
                "target": "2.4",
                "unit_of_target": "公里",
                "confirmed": "1.1",
                "done": False,
            },
        ],
        "reasons": [
            {
                "rule": "R1",
                "label": "逾期",
                "since": "2025-11-01",
                "because": "整改时限2025年10月31日，截至2025年11月25日已逾期25天，未申请验收",
                "remedy": "按程序申请验收或经批准延期",
            }
        ],
        "earlier_notices": [
            {"number": "巴环委办提〔2025〕3号", "kind_label": "提示函", "signed_on": "2025-09-02"}
        ],
    }
    return facts | changes


def red_card(**changes):
    facts = {
        "kind": "N3",
        "number": "巴环委办督〔2025〕1号",
        "signed_on": "2025-11-25",
        "as_of": "2025-11-25",
        "unit_name": UNIT,
        "issuer": {"mark": OFFICE, "name": OFFICE, "short": "市环委办"},
        "issues": [issue()],
        "basis": ["《中华人民共和国环境保护法》", "《巴中市突出生态环境问题整改督办办法（试行）》"],
        "demands": [],
        "sign_due": "2025-11-27",
        "reply_due": "2025-11-28",
        "reply_by": "单位主要负责同志",
        "contact": {"name": "孙某某", "phone": "0827-5260000"},
        "copies": ["赵副市长", "市目标绩效办"],
        "urgency": "特急",
        "qr_url": "http://127.0.0.1:8000/verify/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "example": False,
    }
    return facts | changes


def document(**changes):
    return kinds.compose(red_card(**changes))
