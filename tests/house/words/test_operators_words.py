"""Words of those who run the machine stand on no page of those who work with it.

Commands, names of settings and of file formats belong to the manual of deployment, to the command
line and to the pages of figures that its operators read.
"""

import ast
import re

import pytest
from tree import ROOT

SETTINGS = re.findall(
    r"^#?\s?([A-Z][A-Z0-9]*_[A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE
)
WORDS = re.compile(
    r"WGS-?84|GCJ-?02|(?<![\w./{])\.?toml\b|\b(?:jobs|works) run\b|\bsecrets rotate\b"
    r"|\bflask [a-z]|\bmake [a-z]|\bnginx\b|\bsystemd\b|\bcron\b|(?<![A-Z_])(?:"
    + "|".join(SETTINGS)
    + r")\b"
)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
STYLES = re.compile(r"<style.*?</style>|style=\"[^\"]*\"|class=\"[^\"]*\"", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"\{#.*?#\}|url_for\([^()]*\)|accept=\"[^\"]*\"|\"(?:\.[a-z]+,?)+\"", re.DOTALL)
FOR_PROGRAMS = "api_label"
OPERATORS_PAGES = ("templates/operations/", "templates/api/")
"""What Prometheus reads, by its names, and what programmers ask by."""
OPERATORS = (
    "auth/doors/settings.py", "issues/api/", "issues/backups/", "issues/commands/",
    "issues/evidence/resealing.py", "issues/imprints/checking.py", "issues/operations/",
    "issues/practice/", "issues/selfcheck.py",
)  # fmt: skip
"""What is told at the command line, in the log, to programmers or on the pages of figures."""
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
OF_COMMANDS = ("导出和打印.md", "导入台账.md", "系统管理员.md")
"""Chapters with a section of the command line, for those who have one."""
MANUAL = sorted(
    path for path in ROOT.glob("docs/manual/**/*.md") if not path.name.endswith(OF_COMMANDS)
)
MODULES = sorted(path for room in ("auth", "issues") for path in (ROOT / room).rglob("*.py"))


def place(path):
    return path.relative_to(ROOT).as_posix()


def found_in(text):
    return [one.group() for one in WORDS.finditer(CODE.sub("", text))]


def said_in(source):
    """Each text that is no docstring and no word of the interface."""
    tree = ast.parse(source)
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        or (isinstance(node, ast.keyword) and node.arg == FOR_PROGRAMS)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            yield "".join(parts)


@pytest.mark.parametrize(
    "text",
    [
        "<p>请启动 jobs run</p>", "<p>设置 BACKUP_DIR 后</p>", "经度（WGS-84）",
        "<code>.toml</code> 文件", "请运行 make migrate。",
    ],
)  # fmt: skip
def test_a_planted_word_is_found(text):
    assert found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "<a href=\"{{ url_for('.toml', number=1) }}\">下载</a>", "{# jobs run #}",
        "{{ LINE_HEADS }}", '<input accept=".toml">',
        '{{ plain_file("file", "规则文件", ".toml") }}',
    ],
)  # fmt: skip
def test_what_no_reader_sees_is_left_alone(text):
    assert not found_in(text)


@pytest.mark.parametrize("paths", [TEMPLATES, MANUAL], ids=["templates", "manual"])
def test_no_page_says_them(paths):
    found = {
        place(path): told
        for path in paths
        if not place(path).startswith(OPERATORS_PAGES)
        and (told := found_in(path.read_text("utf-8")))
    }
    assert found == {}


def test_no_page_tells_an_option_of_a_command():
    found = {
        place(path): told
        for path in TEMPLATES
        if not place(path).startswith(OPERATORS_PAGES)
        and (told := OPTION.findall(STYLES.sub("", CODE.sub("", path.read_text("utf-8")))))
    }
    assert found == {}


def test_no_sentence_of_the_program_says_them():
    found = [
        f"{place(path)}: {said[:60]}"
        for path in MODULES
        if not place(path).startswith(OPERATORS)
        for said in said_in(path.read_text("utf-8"))
        if CHINESE.search(said) and found_in(said)
    ]
    assert found == []
