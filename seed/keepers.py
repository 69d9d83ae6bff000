"""The example's keepers: one of each level for every county, the deputy mayor among them.

The deputy mayor has been to one of the tickets.
"""

from auth.actor import Actor
from extensions import db
from issues import regions
from issues.ground import clock
from issues.keepers import giving, roll, visiting
from issues.models import Issue
from issues.vocabulary import KeeperLevel
from seed import city

ORDER = "甲乙丙丁戊己庚辛壬癸"
BODIES = {
    KeeperLevel.AREA: "示例：{}领导", KeeperLevel.SECTION: "示例：{}有关部门",
    KeeperLevel.HOUSEHOLD: "示例：{}镇村干部",
}  # fmt: skip


VISITED = "示例：三江镇垃圾中转站渗滤液渗漏"
SEEN = "示例：到现场看了收集池和排口，请巴州区按批示的时间报告。"


def enter(actor: Actor, leader: Actor) -> None:
    """By the acts of the pages; `leader` keeps the first place. Never commits.

    Telephones are no numbers: nobody is to be called by mistake.
    """
    since = {"from_on": clock.today().replace(month=1, day=1).isoformat()}
    whole = regions.city()
    for number, place in enumerate(regions.below(whole.code if whole else "")):
        for level in KeeperLevel:
            name = f"示例{level.short}人{ORDER[number % len(ORDER)]}"
            said = {"name": name, "phone": "示例电话", "body": BODIES[level].format(place.name)}
            if level is KeeperLevel.AREA and place.name == city.FIRST_COUNTY:
                said = {"name": leader.display_name, "account": leader.name, "body": "市人民政府"}
            row = roll.add(actor, said)
            giving.give_place(actor, row.id, place.code, since | {"level": level.value})
    seen = db.session.query(Issue).filter_by(title=VISITED).one()
    visiting.visit(leader, seen.id, {"text": SEEN})
