"""The cases of every act's own test file, for what must hold of all of them alike."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from act_cases import StandardCases

ACTS = Path(__file__).parents[1] / "web" / "acts"


def cases():
    """One case an act, by the act's code; an act without standard cases is not among them."""
    found = {}
    for path in sorted(ACTS.rglob("test_*.py"), key=lambda path: path.stem):
        for kind in vars(loaded(path)).values():
            if isinstance(kind, type) and issubclass(kind, StandardCases) and hasattr(kind, "case"):
                found[kind.case.action.value] = kind.case
    return found


def loaded(path):
    spec = spec_from_file_location(f"cases_of_{path.stem}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES = cases()


def made(case, make_issue):
    issue = make_issue(case.at, **case.ticket)
    return issue, case.form | case.ready(make_issue, issue)
