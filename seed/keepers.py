"""The example's keepers: one of each level for every county, the deputy mayor among them."""

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues import regions
from issues.ground import clock
from issues.keepers import giving, roll
from issues.vocabulary import KeeperLevel
from seed import city

ORDER = "甲乙丙丁戊己庚辛壬癸"
BODIES = {
    KeeperLevel.AREA: "示例：{}领导", KeeperLevel.SECTION: "示例：{}有关部门",
    KeeperLevel.HOUSEHOLD: "示例：{}镇村干部",
}  # fmt: skip


def enter(actor: Actor, leader: str) -> None:
    """By the acts of the pages; `leader` is the account that keeps the first place. Never commits.

    Telephones are no numbers: nobody is to be called by mistake.
    """
    since = {"from_on": clock.today().replace(month=1, day=1).isoformat()}
    whole = regions.city()
    for number, place in enumerate(regions.below(whole.code if whole else "")):
        for level in KeeperLevel:
            name = f"示例{level.short}人{ORDER[number % len(ORDER)]}"
            said = {"name": name, "phone": "示例电话", "body": BODIES[level].format(place.name)}
            if level is KeeperLevel.AREA and place.name == city.FIRST_COUNTY:
                user = db.session.query(User).filter_by(name=leader).one()
                said = {"name": user.display_name, "account": leader, "body": "市人民政府"}
            row = roll.add(actor, said)
            giving.give_place(actor, row.id, place.code, since | {"level": level.value})
