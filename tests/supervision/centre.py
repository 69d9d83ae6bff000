"""A county's own centre with its people, and townships below it: not in the cast of every test."""

from people import BAZHOU, FROM_THE_START, PASSWORD, People
from sqlalchemy import select

from auth.models import Grant, Unit, User
from auth.passwords import hash_password
from extensions import db, transaction
from issues import acts, workflow
from issues.messages.sight import own
from issues.models import CardProposal, CountyTask, Message
from issues.vocabulary import CENTRE, TOWNSHIP, Action, MessageEvent, Role

CENTRE_CODE, TOWN, OTHER_TOWN = "511902-ZHZX", "511902-100", "511902-101"
UNITS = (
    (CENTRE_CODE, "巴州区生态环境问题整改指挥中心", "巴州区指挥中心", CENTRE, BAZHOU),
    (TOWN, "大茅坪镇人民政府", "大茅坪镇", TOWNSHIP, TOWN),
    (OTHER_TOWN, "清江镇人民政府", "清江镇", TOWNSHIP, OTHER_TOWN),
)
STAFF = {
    "luo": ("罗经办", CENTRE_CODE, Role.COUNTY_OFFICE),
    "ma": ("马主任", CENTRE_CODE, Role.COUNTY_HEAD),
    "tang": ("唐经办", TOWN, Role.REPORTER),
    "qin": ("秦经办", OTHER_TOWN, Role.REPORTER),
}


def found():
    """Once; asked again it is there. Its people by name, as sign-in would give them."""
    if db.session.scalar(select(Unit.id).where(Unit.code == CENTRE_CODE)) is None:
        with transaction():
            _add()
    people = People()
    return {name: people[name] for name in STAFF}


def _add():
    units = {
        code: Unit(code=code, name=name, short_name=short, kind=kind, region=region, position=90)
        for code, name, short, kind, region in UNITS
    }
    db.session.add_all(units.values())
    password = hash_password(PASSWORD)
    for name, (shown, code, role) in STAFF.items():
        db.session.add(
            User(
                name=name, display_name=shown, unit=units[code], password_hash=password,
                password_changed_at=FROM_THE_START, created_at=FROM_THE_START,
                grants=[Grant(role=role, granted_at=FROM_THE_START)],
            )
        )  # fmt: skip


def act(action, issue, person, **detail):
    """One act by an actor, of whatever details."""
    with transaction():
        acts.do(action, workflow.load(issue.number, person, for_change=True), person, detail)


def delegated(make, issue):
    """The ticket is the centre's to drive, and its people are there."""
    staff = found()
    act(Action.DELEGATE, issue, make.people["sun"], reason="属地问题，由区里督办。")
    return staff


def with_task(make, issue, unit=TOWN, **told):
    """A task of it is handed to a township; by its number, as a form names it."""
    staff = delegated(make, issue)
    said = {"unit": unit, "text": "核实沿河排口，逐户登记。", "due_on": "2025-12-05"} | told
    act(Action.HAND_TASK, issue, staff["luo"], **said)
    return str(db.session.scalars(select(CountyTask.id)).one())


def with_answer(make, issue):
    number = with_task(make, issue)
    text = "已逐户登记32户，排口3处已封堵。"
    act(Action.ANSWER_TASK, issue, found()["tang"], task=number, text=text)
    return number


PROPOSED = {"colour": "red", "reason": "两次督促仍未动工，请市里挂牌。"}


def proposed(make, issue):
    """The centre asks the city for a card."""
    act(Action.PROPOSE_CARD, issue, delegated(make, issue)["luo"], **PROPOSED)
    return {}


def proposals():
    """What became of each, the card, the words."""
    found = db.session.scalars(select(CardProposal).order_by(CardProposal.id))
    return [(row.state, row.listed, row.answer) for row in found]


def answered(person):
    """The tickets of whose answer a person's inbox tells."""
    told = Message.event == MessageEvent.PROPOSAL
    return db.session.scalars(select(Message.called).where(own(person), told)).all()


def moved(person, to):
    """The same account, now of another's unit and role."""
    with transaction():
        user = db.session.get(User, person.id)
        user.unit_id = to.unit_id
        user.grants[0].role = next(iter(to.roles))
    return People()[person.name]


def another():
    """A person who opens rounds at another county's centre."""
    with transaction():
        unit = Unit(
            code="511903-ZHZX", name="恩阳区生态环境问题整改指挥中心", short_name="恩阳区指挥中心",
            kind=CENTRE, region="511903", position=91,
        )  # fmt: skip
        db.session.add(unit)
        db.session.flush()
        user = User(
            name="xu", display_name="徐经办", unit=unit, password_hash="",
            password_changed_at=FROM_THE_START, created_at=FROM_THE_START,
            grants=[Grant(role=Role.COUNTY_OFFICE, granted_at=FROM_THE_START)],
        )  # fmt: skip
        db.session.add(user)
    return People()["xu"]
