"""The cases of every act's own test file, for what must hold of all of them alike."""

from importlib import import_module
from pathlib import Path

from act_cases import StandardCases

ACTS = Path(__file__).parents[1] / "web" / "acts"


def cases():
    """One case an act, by the act's code; an act without standard cases is not among them."""
    found = {}
    for path in sorted(ACTS.glob("test_*.py")):
        for kind in vars(import_module(path.stem)).values():
            if isinstance(kind, type) and issubclass(kind, StandardCases) and hasattr(kind, "case"):
                found[kind.case.action.value] = kind.case
    return found


CASES = cases()


def made(case, make_issue):
    issue = make_issue(case.at, **case.ticket)
    return issue, case.form | case.ready(make_issue, issue)
