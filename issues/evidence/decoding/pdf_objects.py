"""What a PDF would do by itself, looked for in every object it has, packed or encrypted ones too.

Runs in the limited process alone; see decoder.py. The bytes between the objects are looked at by
issues/evidence/intake/pdf.py, which is what there is where this reader makes nothing of the file.
"""

import re
from collections.abc import Iterator
from pathlib import PureWindowsPath

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

PROGRAMS = frozenset({
    "exe", "dll", "scr", "com", "bat", "cmd", "vbs", "vbe", "js", "jse", "wsf", "hta", "ps1", "jar",
    "msi", "lnk", "sh", "app", "reg", "cpl", "docm", "dotm", "xlsm", "xltm", "pptm",
})  # fmt: skip
HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
PEEK = 64
_AUTOMATIC = ("/OpenAction", "/AA")
_REACHES_OUT = frozenset({"/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/URI"})
_WORTH_A_LOOK = re.compile(
    rb"/(JS|JavaScript|Launch|RichMedia\w*|XFA|EF|OpenAction|AA|OnInstantiate|F)(?![A-Za-z0-9])"
)


def found_in(path: str) -> str:
    """The first thing it would do: `script`, `launch` … or `program:` with its name, or nothing.

    A file this reader cannot open has nothing: no viewer that mends less shows it either.
    """
    try:
        with pikepdf.open(path) as document:
            return next(_faults(document), "")
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return ""


def _faults(document: pikepdf.Pdf) -> Iterator[str]:
    for one in document.objects:
        told = one.stream_dict if isinstance(one, Stream) else one
        if isinstance(one, Stream) and "/F" in told:
            yield "outside"  # its bytes are fetched from elsewhere
        if _WORTH_A_LOOK.search(told.unparse(resolved=True)):
            yield from _faults_below(told)


def _faults_below(whole: Object) -> Iterator[str]:
    """Of one object and what stands in it; what it points to has its own turn."""
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary):
            yield from _faults_of(one)
            waiting.extend(below for below in dict(one).values() if _is_inside(below))
        elif isinstance(one, Array):
            waiting.extend(below for below in list(one) if _is_inside(below))


def _is_inside(one: object) -> bool:
    return isinstance(one, Dictionary | Array) and not one.is_indirect


def _faults_of(one: Dictionary) -> Iterator[str]:
    does, kind = _name(one, "/S"), _name(one, "/Subtype")
    if "/JS" in one or "/JavaScript" in one or "/OnInstantiate" in one or does == "/JavaScript":
        yield "script"
    if does == "/Launch" or "/Launch" in one:
        yield "launch"
    if kind.startswith("/RichMedia") or does.startswith("/RichMedia"):
        yield "media"
    if "/XFA" in one:
        yield "xfa"
    if "/EF" in one:
        yield from _program_in(one)
    if any(_reaches_out(one[key]) for key in _AUTOMATIC if key in one):
        yield "outside"


def _name(one: Dictionary, key: str) -> str:
    value = one.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _reaches_out(action: Object) -> bool:
    """An action, or several by their occasions."""
    if not isinstance(action, Dictionary):
        return False
    several = [action, *(below for below in dict(action).values() if isinstance(below, Dictionary))]
    return any(_name(one, "/S") in _REACHES_OUT for one in several)


def _program_in(one: Dictionary) -> Iterator[str]:
    """An enclosed file that is a program; an enclosed invoice or table is none."""
    names = [str(one[key]) for key in ("/UF", "/F") if isinstance(one.get(key), pikepdf.String)]
    files = [file for file in dict(one["/EF"]).values() if isinstance(file, Stream)]
    named = next((name for name in names if _extension(name) in PROGRAMS), None)
    if named is not None or any(file.read_bytes()[:PEEK].startswith(HEADS) for file in files):
        yield f"program:{(named or next(iter(names), ''))[-60:]}"


def _extension(name: str) -> str:
    return PureWindowsPath(name.strip(" .\0")).suffix.lower().removeprefix(".")
