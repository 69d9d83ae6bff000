"""A case that goes by turns runs on one of the two databases: never on none."""

import os
import re
import subprocess
import sys
from collections import Counter

from tree import ROOT

FILE = "tests/faults/test_killed_acts.py"
KINDS = {"Upload", "Close", "Sign", "Import", "Bulk"}


def test_each_case_is_collected_once():
    plain = {name: said for name, said in os.environ.items() if name != "FIGURES"}
    told = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-q", "--co", "-p", "no:cacheprovider", FILE],
        cwd=ROOT, env=plain, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    cases = re.findall(r"\[(sqlite|postgresql)-(\w+)\]", told)
    assert Counter(kind for _, kind in cases) == dict.fromkeys(KINDS, 1)
    assert {database for database, _ in cases} == {"sqlite", "postgresql"}
