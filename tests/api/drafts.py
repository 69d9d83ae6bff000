"""What is sent to register a ticket."""

DRAFT = {
    "source": "AF",
    "title": "恩阳河支流生活污水直排",
    "problem": "暗访发现恩阳河支流两处排口生活污水直排，水体发黑。",
    "region": "511902",
    "place": "巴州区某镇河段",
    "lon": 106.76,
    "lat": 31.85,
    "types": ["水"],
    "goal": "两处排口全部截污纳管，水质达到Ⅲ类。",
    "criteria": "排口封堵、水质连续两次达标。",
    "deadline": "2026-06-30",
    "primary_unit": "511902",
    "lead_unit": "511900-STHJ",
    "acceptance_unit": "511900-STHJ",
    "supervising_unit": "511900-HWB",
    "sponsor": "zhao",
}
PLAN = {
    "measures": [
        {
            "text": "封堵两处排口并接入管网",
            "unit": "511902",
            "start": "2025-11-26",
            "deadline": "2026-03-31",
            "target": 2,
            "unit_of_target": "处",
        },
        {"text": "建立河段巡查制度", "deadline_text": "2026年5月底前"},
    ]
}


def without(name):
    return {key: value for key, value in DRAFT.items() if key != name}
