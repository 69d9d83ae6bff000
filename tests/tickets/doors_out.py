"""The ways out: each is looked through for every field that its row says goes there."""

import io
import json
import zipfile

import pypdf
from filled import in_json, none_dropped, says, spellings, value, written_out
from openpyxl import load_workbook

from issues.dossiers.words import WITHHELD
from issues.ground import clock
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.tickets.field import Not, Shown
from issues.tickets.fields import BY_NAME, FIELDS, IN_API, IN_DOSSIER, INSIDE_ALONE


def api_answers(issue, doors):
    """Every answer that tells a ticket."""
    path, sun, today = f"/issues/{issue.number}", doors.api.sun, clock.today().isoformat()
    answers = {
        "one": sun.get(path).json,
        "as of a day": sun.get(f"{path}?on={today}").json,
        "listed": sun.get(f"/issues?q={issue.number}")["items"][0],
        "after an act": sun.act(issue.number, "comment", {"text": "请抓紧"}).json,
    }
    lost = [
        (name, field.name)
        for name, answer in answers.items()
        for field in IN_API
        if answer.get(field.name) != in_json(field)
    ]
    none_dropped(lost)


def written(content):
    """The first ticket's cells by heading."""
    sheet = load_workbook(io.BytesIO(content)).active
    heads = [below.value or top.value for top, below in zip(sheet[3], sheet[4], strict=True)]
    return dict(zip(heads, (str(cell.value or "") for cell in sheet[5]), strict=True))


def all_written(content):
    cells = written(content)
    columns = [field for field in FIELDS if written_out(field)]
    none_dropped([f.name for f in columns if not says(cells.get(f.export.heading, ""), f)])
    for name in ("lon", "lat"):
        assert value(BY_NAME[name]) in cells["点位及坐标"], name


def export_of_the_page(issue, doors):
    url = f"/issues/export.xlsx?q={issue.number}"
    all_written(doors.browser.as_("sun").get(url).answer.data)


def export_of_the_command(_issue, doors):
    file = doors.folder / "台账.xlsx"
    ran = doors.app.test_cli_runner().invoke(args=["ledger", "export", str(file)])

    assert ran.exit_code == 0, ran.output
    all_written(file.read_bytes())


def found_by(doors, **asked):
    found = register.find(Filters(**asked), doors.people.sun, clock.today())
    return {line.number for line in found.lines}


def search(issue, doors):
    """By words where the row says so, persons, units and the county by name; by nothing else."""
    wrong = []
    for field in FIELDS:
        is_named = field.relation is not None or field.type in ("region", "place")
        is_searched = is_named or not isinstance(field.search, Not)
        words = [field.label] if field.type == "flag" else spellings(field)
        found = any(issue.number in found_by(doors, q=one.replace("、", " ")) for one in words)
        if found is not is_searched:
            wrong.append(field.name)
    none_dropped(wrong)


def filters(issue, doors):
    named = [field for field in FIELDS if field.narrowed_by]
    found = {f.name: found_by(doors, **{f.narrowed_by: value(f)}) for f in named}
    none_dropped([name for name, numbers in found.items() if numbers != {issue.number}])


def page(issue, doors):
    """Beside its label where the page has lines; in the sentence that the row names, otherwise."""
    tree = doors.browser.as_("sun").get(f"/issues/{issue.number}").tree
    parts = [tree.one("h1"), *(tree.one("section", id=name) for name in ("about", "who"))]
    lines = {
        term.text: told.text
        for part in parts
        for term, told in zip(part.all("dt"), part.all("dd"), strict=True)
    }
    text = " ".join(part.text for part in parts)
    lost = [
        field.name
        for field in FIELDS
        if not isinstance(field.page, Not)
        and not says(lines.get(field.page.label, "") if isinstance(field.page, Shown)
                     else lines.get(field.label, text), field)
    ]  # fmt: skip
    none_dropped(lost)


def dossier(issue, doors, *more):
    """All that a person or a program can read in the archive, without white space."""
    file = doors.folder / f"档{len(more)}.zip"
    ran = doors.app.test_cli_runner().invoke(args=["dossier", issue.number, "-o", str(file), *more])
    assert ran.exit_code == 0, ran.output
    with zipfile.ZipFile(file) as archive:
        pdf = pypdf.PdfReader(io.BytesIO(archive.read(f"{issue.number}.pdf")))
        told = "".join("".join(sheet.extract_text().split()) for sheet in pdf.pages)
        return told, json.loads(archive.read("history.json"))


def told_in(text, field):
    return any(f"{field.label}{words}" in text for words in spellings(field))


def dossier_for_inside(issue, doors):
    text, history = dossier(issue, doors, "--inside")

    none_dropped([field.name for field in IN_DOSSIER if not told_in(text, field)])
    assert all("detail" in row for row in history)


def dossier_for_outside(issue, doors):
    text, history = dossier(issue, doors)
    told = [field for field in IN_DOSSIER if field not in INSIDE_ALONE]

    none_dropped([field.name for field in told if not told_in(text, field)])
    none_dropped([f.name for f in INSIDE_ALONE if f"{f.label}{WITHHELD}" not in text])
    none_dropped([f.name for f in INSIDE_ALONE if says(text + str(history), f)])


EACH = (
    api_answers, export_of_the_page, export_of_the_command, search, filters, page,
    dossier_for_inside, dossier_for_outside,
)  # fmt: skip
