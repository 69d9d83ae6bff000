"""The file of a page is guessed from its address; no folder is too full to be read at a look."""

import re
from collections import Counter
from pathlib import Path

import pytest
from tree import ROOT, committed

PLACE = re.compile(r"<[^<>]+>")
NUMBER = "<number>"
ROOMS = {
    "": ("worklist",),
    "access": ("supervision",),
    "account": ("account", "messages"),
    "admin": (
        "admin",
        "rosters",
        "succession",
        "supervision",
        "evidence",
        "notices",
        "board",
        "messages",
        "territory",
    ),
    "board": ("board",),
    "burden": ("burden",),
    "complaints": ("complaints",),
    "contradictions": ("evidence",),
    "county_rounds": ("county",),
    "covert": ("supervision",),
    "digests": ("supervision",),
    "docs": ("admin",),
    "dossiers": ("dossiers",),
    "feeds": ("messages",),
    "first_week": ("worklist",),
    "flags": ("evidence",),
    "healthz": ("monitor",),
    "help": ("help",),
    "history": ("admin",),
    "instructions": ("worklist", "supervision"),
    "minute": ("worklist",),
    "issues": ("register", "exchange", "ticket"),
    "keepers": ("keepers",),
    "kept": ("kept",),
    "keeping": ("keepers",),
    "leads": ("leads",),
    "login": ("account",),
    "logout": ("account",),
    "lookbacks": ("supervision",),
    "similar": ("ticket",),
    "messages": ("messages",),
    "metrics": ("monitor",),
    "notices": ("notices", "papers", "courses", "desk"),
    "opening": ("account",),
    "points": ("supervision",),
    "policies": ("supervision",),
    "openapi": ("admin",),
    "policy": ("supervision",),
    "polluters": ("polluters", "supervision"),
    "practice": ("practice",),
    "readyz": ("monitor",),
    "rounds": ("supervision", "rounds"),
    "route": ("onsite",),
    "scores": ("scores",),
    "search": ("register",),
    "service_worker": ("onsite",),
    "setup": ("setup", "admin"),
    "staged": ("evidence",),
    "style": ("admin",),
    "texts": ("texts",),
    "units": ("admin",),
    "works": ("works",),
    "verify": ("notices", "dossiers"),
}
"""In which rooms a stranger looks, by the first word of an address."""
TICKET = ("ticket", "evidence", "dossiers")
"""And where there is a ticket's number behind it."""
LEAST = 0.95
FULL = 16
LISTS = ("migrations/versions", "docs/decisions")
"""What is a list by its nature: one file more each time something is decided or changed."""


def words(address):
    """The fixed words of an address in their order, an ending as one more: /notices/<id>.pdf."""
    plain = PLACE.sub(NUMBER if NUMBER in address else "", address)
    plain = plain.replace("-", "_")
    return [word for word in re.split(r"[/.]", plain) if word and word != NUMBER]


def singular(word):
    return re.sub(r"ies$", "y", word) if word.endswith("ies") else word.removesuffix("s")


def guesses(address, files):
    """Where a stranger opens first: the last word of the address that names a file of its rooms."""
    said = words(address)
    first = said[0] if said else ""
    rooms = TICKET if NUMBER in address else ROOMS.get(first, ())
    for word in reversed(said):
        for room in rooms:
            for name in files.get(room, ()):
                if singular(word) in {singular(name), singular(name.rpartition("_")[2])}:
                    return f"{room}/{name}.py"
        for room in rooms:
            if singular(word) == singular(room) and "page" in files.get(room, ()):
                return f"{room}/page.py"
    return f"{rooms[0]}/page.py" if rooms else ""


def rooms_of(layer):
    folder = ROOT / "issues" / layer
    return {
        room.name: sorted(path.stem for path in room.glob("*.py") if path.stem != "__init__")
        for room in sorted(folder.iterdir())
        if room.is_dir() and room.name != "__pycache__"
    }


def module_of(view):
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view.__module__


def served(app):
    """Every address of the product as (layer, address below the layer, file below the layer)."""
    for rule in app.url_map.iter_rules():
        module = module_of(app.view_functions[rule.endpoint])
        layer = next((one for one in ("web", "api") if module.startswith(f"issues.{one}.")), None)
        if layer is not None:
            path = module.removeprefix(f"issues.{layer}.").replace(".", "/") + ".py"
            yield layer, rule.rule.removeprefix("/api").removeprefix("/v1"), path


def test_the_file_of_a_page_is_guessed_from_its_address(app):
    files = {layer: rooms_of(layer) for layer in ("web", "api")}
    asked = list(served(app))
    missed = [
        f"{address} is in {layer}/{path}, guessed {guesses(address, files[layer])}"
        for layer, address, path in asked
        if guesses(address, files[layer]) != path
    ]

    assert len(missed) <= (1 - LEAST) * len(asked), missed


def test_an_address_in_another_room_is_missed():
    files = {"register": ["page"], "ticket": ["page", "acts"]}

    assert guesses("/issues/<number>/acts/<action>", files) == "ticket/acts.py"
    assert guesses("/issues", files) == "register/page.py"
    assert guesses("/nowhere", files) == ""


def fullest(names):
    """Folders with more files than can be read at a look."""
    counts = Counter(Path(name).parent.as_posix() for name in names)
    return {folder: count for folder, count in counts.items() if count > FULL}


def test_no_folder_is_too_full():
    names = [name for name, _ in committed() if not name.startswith(LISTS)]
    top = fullest(names)
    top.pop(".", None)  # what stands at the top is fixed by the plan of the house

    assert top == {}


def test_a_full_folder_is_found():
    assert fullest(f"a/{number}.py" for number in range(FULL + 1)) == {"a": FULL + 1}


@pytest.mark.parametrize("layer", ["web", "api"])
def test_every_room_says_what_it_is_for(layer):
    for room in rooms_of(layer):
        text = (ROOT / "issues" / layer / room / "__init__.py").read_text(encoding="utf-8")
        assert text.startswith('"""'), room
