"""The words of the one city the product was made for are kept where they were in use.

Until now they stood in the code and served whoever had not set others. A database whose
tickets bear its numbers was written with them: it goes on with the same letterhead, 代字 and prefix.
One that has none, or says it is another city, has its words to set (/setup).
"""

import sqlalchemy as sa
from alembic import op

revision = "0034_keep_city_words"
down_revision = "0033_regions"
branch_labels = None
depends_on = None

CITY, OFFICE, COMMITTEE = "巴中市", "巴中市生态环境保护委员会办公室", "巴中市生态环境保护委员会"
WORDS = {
    "city": CITY,
    "number_prefix": "BZ",
    "notice_issuers": {
        "office": {"mark": OFFICE, "name": OFFICE, "short": "市环委办"},
        "committee": {"mark": COMMITTEE, "name": COMMITTEE, "short": "市环委会"},
    },
    "notice_series": {
        "N0": "巴环委办交", "N1": "巴环委办提", "N2": "巴环委办督", "N3": "巴环委办督",
        "N4": "巴环委办约", "N5": "巴环委办通", "N5-report": "巴环委办专报", "N6": "巴环委督",
        "N7": "巴环委移", "N8": "巴环委办函",
    },
    "notice_basis": ["《中华人民共和国环境保护法》", "巴中市突出生态环境问题整改督办工作规定"],
    "notice_basis_inspection": "《中央生态环境保护督察工作规定》",
    "notice_copies": {"N2": [], "N3": ["市目标绩效办"], "N6": ["市目标绩效办"]},
    "notice_report_to": ["市委", "市人大常委会", "市政府", "市政协"],
    "notice_everybody": "各县（区）人民政府，各管理委员会，市级有关部门",
    "notice_discipline": "中共巴中市纪律检查委员会机关",
    "notice_contact": {"name": "市环委办督办组", "phone": ""},
}
SERIES = "notice_series"
setting = sa.table("setting", sa.column("key", sa.String), sa.column("value", sa.JSON))
issue = sa.table("issue", sa.column("number", sa.String))


def upgrade():
    connection = op.get_bind()
    said = {row.key: row.value for row in connection.execute(sa.select(setting))}
    numbered = sa.select(issue.c.number).where(issue.c.number.startswith("BZ-")).limit(1)
    is_in_use = connection.execute(numbered).first() is not None
    if not is_in_use or said.get("city", CITY) != CITY:
        return
    missing = [{"key": key, "value": value} for key, value in WORDS.items() if key not in said]
    if missing:
        op.bulk_insert(setting, missing)
    if SERIES in said and (whole := WORDS[SERIES] | said[SERIES]) != said[SERIES]:
        connection.execute(sa.update(setting).where(setting.c.key == SERIES).values(value=whole))


def downgrade():
    """What was kept is true of the city, whatever the code falls back to."""
