"""No list is cut without a word: each cut leads on to the next page, or says that it is one."""

import ast

from tree import ROOT, nodes, product, source

LISTS = ("issues.queries.", "issues.web.", "issues.api.", "issues.supervision.")
OF_TEXTS = ("LENGTH", "LONGEST", "LONGEST_NAME", "LONGEST_PATH", "KEY_PART")
"""What cuts a text, not a list."""


PAGED = frozenset({
    ("issues.api.leads.page", "size"),
    ("issues.api.messages.page", "size"),
    ("issues.queries.admin.accounts", "PER_PAGE"), ("issues.queries.admin.catalogue", "size"),
    ("issues.queries.admin.history", "AT_ONCE"), ("issues.queries.admin.history", "PER_PAGE"),
    ("issues.queries.board.changes", "most"),
    ("issues.queries.evidence.contradictions", "PER_PAGE"),
    ("issues.queries.ground.paging", "size"),
    ("issues.queries.keepers.own", "size"),
    ("issues.queries.keepers.page", "size"),
    ("issues.queries.polluters.page", "size"), ("issues.queries.notices.pages", "filters.size"),
    ("issues.queries.notices.ledger.entries", "filters.size"),
    ("issues.queries.register.lines", "filters.size"),
    ("issues.queries.supervision.lookbacks", "PER_PAGE"),
})  # fmt: skip
"""Lists that lead on from page to page."""
SAID = {
    ("issues.web.admin.fonts", "MOST_SHOWN"): (
        "templates/admin/fonts.html", "等，另有 {{ written.more }} 个",
    ),
    ("issues.api.admin.docs", "MOST_CODES"): ("issues/api/admin/docs.py", "…共{len(codes)}个"),
    ("issues.queries.admin.told", "MOST_TOLD"): (
        "issues/queries/admin/told.py", "；另有 {left} 项",
    ),
    ("issues.queries.admin.told", "SHOWN"): ("templates/account/page.html", "最近 20 条"),
    ("issues.queries.ground.record", "LISTED"): (
        "templates/admin/history.html", "另有 {{ doubted.more }} 个问题没有列出",
    ),
    ("issues.queries.admin.running", "MOST_BACKUPS"): ("templates/admin/running.html", "最近 "),
    ("issues.queries.admin.running", "MOST_FAILURES"): ("templates/admin/running.html", "最近 "),
    ("issues.queries.board.map", "MOST_PLACES"): (
        "templates/board/_map_body.html", "图上为最急的 {{ placed }} 件",
    ),
    ("issues.queries.board.outlook", "most"): (
        "templates/board/_figures.html", "number(linked.turns.red",
    ),
    ("issues.queries.supervision.room", "MOST_EARLIER"): (
        "templates/rounds/room.html", "最近三次调度",
    ),
    ("issues.queries.messages.deadlines", "MOST"): (
        "issues/api/messages/deadlines.py", "最近 {MOST} 项",
    ),
    ("issues.queries.messages.inbox", "COUNTED"): (
        "templates/components/frame/_top_bar.html", "99+",
    ),
    ("issues.queries.notices.files", "MOST"): (
        "issues/web/notices/forms.py", "此处列出最近上传的{MOST}份材料",
    ),
    ("issues.queries.notices.ledger.series", "MOST_NAMED"): (
        "issues/queries/notices/ledger/series.py", "等{len(serials)}个",
    ),
    ("issues.queries.supervision.route", "MOST"): (
        "templates/onsite/route.html", "这里列出 {{ stops.listed | length }} 件",
    ),
    ("issues.queries.notices.unanswered", "SHOWN"): (
        "templates/worklist/_unanswered.html", "件，共 {{ unanswered.total }} 件",
    ),
    ("issues.queries.notices.signing", "MOST_LISTED"): (
        "templates/notices/batch/choose.html", "此处列出最早的{{ waiting | length }}件",
    ),
    ("issues.web.papers.receipts", "MOST_LISTED"): (
        "templates/notices/answer/_points.html", "此处列出最近上传的",
    ),
    ("issues.web.papers.lines", "MOST_NUMBERS"): (
        "issues/web/papers/lines.py", "等{len(numbers)}项",
    ),
    ("issues.web.papers.signing", "MOST"): (
        "templates/notices/batch/choose.html", "一次最多签发{{ most }}件",
    ),
    ("issues.queries.likeness.entering", "TOLD"): (
        "issues/queries/likeness/entering.py", "等{len(self.numbers)}件",
    ),
    ("issues.web.scores.signing", "MOST"): (
        "templates/scores/signing/choose.html", "一次最多签发{{ most }}个",
    ),
    ("issues.queries.register.lines", "most"): (
        "issues/queries/ledger/paper.py", "一次导不出来，请缩小筛选范围",
    ),
    ("issues.queries.ledger.stood", "most"): (
        "issues/queries/ledger/paper.py", "一次导不出来，请缩小筛选范围",
    ),
    ("issues.queries.scores.preview", "MOST_POINTS"): (
        "templates/scores/preview.html", "条，共 {{ found.total }} 条",
    ),
    ("issues.queries.supervision.digest", "KEPT"): (
        "templates/supervision/digests.html", "此处列出最近 {{ kept }} 期",
    ),
    ("issues.queries.supervision.digest", "LISTED"): (
        "templates/supervision/digests.html", "此处列出 {{ rows | length }} 件，共 {{ total }} 件",
    ),
    ("issues.queries.ticket.story", "SHOWN_OPEN"): (
        "templates/components/timeline.html", "例行记录 {{ event.run | length }} 条",
    ),
    ("issues.queries.ticket.page", "MOST_EVENTS"): (
        "templates/ticket/_story.html", "此处列出最近 {{ most_events }} 条",
    ),
    ("issues.queries.worklist.readings", "SHOWN"): (
        "templates/worklist/_readings.html", "共 {{ to_review.total }} 件",
    ),
    ("issues.queries.worklist.tasks", "SHOWN"): (
        "templates/worklist/_tasks.html", "项，共 {{ tasks.total }} 项",
    ),
    ("issues.queries.worklist.page", "SHOWN"): (
        "templates/worklist/page.html", "件，共 {{ pile.total }} 件",
    ),
    ("issues.queries.worklist.arrived", "SHOWN"): (
        "templates/worklist/_arrived.html", "件，共 {{ arrived.total }} 件",
    ),
    ("issues.queries.worklist.instructions", "SHOWN"): (
        "templates/worklist/minute.html", "份，共 {{ unanswered.total }} 份",
    ),
    ("issues.queries.worklist.sponsored", "SHOWN"): (
        "templates/worklist/_sponsored.html", "件，共 {{ sponsored.total }} 件",
    ),
    ("issues.supervision.walls", "KEPT"): (
        "templates/board/wall_passes.html", "停用和到期的列出最近 {{ kept }} 个",
    ),
    ("issues.web.board.sheet", "LISTED"): ("issues/web/board/sheet.py", "（列{len(items)}件）"),
    ("issues.web.board.sheet", "UNITS"): ("issues/web/board/sheet.py", "（列{UNITS}个，共"),
    ("issues.web.board.wall", "UNITS_SHOWN"): ("templates/board/wall.html", "红黄最多的单位"),
    ("issues.web.dossiers.page", "MOST"): (
        "templates/evidence/dossiers.html", "重复的和第 {{ most }} 个以后的没有列出",
    ),
    ("issues.web.register.bulk", "MOST"): ("issues/web/register/bulk.py", "请勾选1至{MOST}件"),
    ("issues.queries.admin.places", "MOST_EVENTS"): (
        "templates/territory/region.html", "此处列出最近 ",
    ),
    ("issues.web.territory.city", "MOST_FOUND"): (
        "templates/territory/city_search.html", "此处列出 {{ found | length }} 个，共 {{ total }}",
    ),
    ("issues.web.territory.region_import", "MOST_LISTED"): (
        "templates/territory/region_import.html", "此处列出 {{ errors | length }} 处，共",
    ),
    ("issues.web.exchange.differences", "AT_ONCE"): (
        "issues/web/exchange/differences.py", "一次写入{AT_ONCE}处，还有{left}处",
    ),
    ("issues.web.exchange.differences", "MOST_TOLD"): (
        "issues/web/exchange/differences.py", "等{len(taken.refused)}处",
    ),
    ("issues.web.exchange.import_preview", "MOST_ERRORS_SHOWN"): (
        "templates/exchange/_import_errors.html", "此处列出前 {{ errors | length }} 处",
    ),
    ("issues.web.exchange.import_preview", "MOST_NOTICES_SHOWN"): (
        "templates/exchange/import_preview.html", "此处列出前 {{ notices | length }} 条",
    ),
    ("issues.web.scores.report", "LISTED"): ("issues/web/scores/report.py", "等{len(units)}个"),
    ("issues.web.succession.disable", "MOST"): (
        "templates/succession/disable.html", "一次最多 {{ most }} 个",
    ),
    ("issues.web.texts.page", "MOST_SHOWN"): (
        "templates/texts/page.html", "此处列出前 {{ sides | length }} 件",
    ),
    ("issues.web.rosters.drawn", "MOST_ERRORS_SHOWN"): (
        "templates/rosters/_errors.html", "此处列出前 {{ errors | length }} 处",
    ),
    ("issues.queries.scores.appeals", "SHOWN"): (
        "templates/worklist/_scores.html", "这里列出最早的 ",
    ),
    ("issues.queries.keepers.page", "MOST_EVENTS"): (
        "templates/keepers/one.html", "此处列出最近 ",
    ),
    ("issues.queries.keepers.page", "MOST_OFFERED"): (
        "templates/keepers/giving/_give.html", "最多列 ",
    ),
    ("issues.queries.keepers.rollup", "MOST_TICKETS"): (
        "templates/keepers/one.html", "，只列最急的 ",
    ),
    ("issues.queries.keepers.own", "MOST_VISITS"): (
        "templates/keepers/own_ticket.html", "此处列出最近 ",
    ),
    ("issues.queries.polluters.page", "MOST_EVENTS"): (
        "templates/polluters/one.html", "此处列出最近 ",
    ),
    ("issues.queries.polluters.page", "MOST_TICKETS"): (
        "templates/polluters/one.html", "，只列最近关联的 ",
    ),
    ("issues.queries.polluters.page", "MOST_POINTS"): (
        "templates/board/_map_body.html", "最多标 {{ most_marks }} 个",
    ),
    ("issues.queries.polluters.suggested", "MOST"): (
        "templates/polluters/ties.html", "；最多列 ",
    ),
    ("issues.queries.likeness.unchecked", "MOST"): (
        "templates/ticket/similar/_elsewhere.html", "，只列前 ",
    ),
    ("issues.queries.leads.alike", "MOST"): (
        "templates/leads/_beside.html", "各列最相近的 ",
    ),
    ("issues.queries.supervision.sites", "MOST_NEAR"): (
        "templates/supervision/site.html", "此处列出最近的 {{ rows | length }} 个",
    ),
    ("issues.queries.supervision.sites", "MOST_NAMES"): (
        "templates/supervision/site.html", "最多列 {{ most_names }} 处的名称",
    ),
}  # fmt: skip
"""Where the reader is told that a list is cut, and in which words."""
NO_LIST = frozenset({
    ("issues.web.door.navigation", "SHORT"),
    ("issues.queries.polluters.suggested", "MOST_LOOKED_AT"),
    ("issues.queries.likeness.unchecked", "MOST_LOOKED_AT"),
    ("issues.queries.supervision.sites", "MOST_LOOKED_AT"),
    ("issues.supervision.rounds.deciding", "LATEST"),
})  # fmt: skip
"""The first places of the bar: the others stand in its menu. What is looked through for a list."""


def named(node):
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def cuts_of(one):
    """The names by which this module cuts: `rows.limit(SHOWN)` and `rows[:SHOWN]`."""
    for node in nodes(one.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "limit" and node.args:
            yield named(node.args[0])
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            upper = named(node.slice.upper) if node.slice.upper and not node.slice.lower else ""
            if upper.isupper() and not upper.endswith(OF_TEXTS):
                yield upper


def found(sources):
    return {
        (one.name, cut)
        for one in sources
        if f"{one.name}.".startswith(LISTS)
        for cut in cuts_of(one)
        if cut
    }


def test_every_cut_leads_on_or_is_said():
    assert found(product()) == PAGED | SAID.keys() | NO_LIST


def test_it_is_said_where_it_is_said_to_be():
    silent = [
        f"{cut[0]}: {path} does not say “{words}”"
        for cut, (path, words) in SAID.items()
        if words not in (ROOT / path).read_text(encoding="utf-8")
    ]

    assert silent == []


def test_a_new_cut_is_seen():
    text = "rows.limit(SHOWN)\nrows[:MOST]\nname[:LONGEST]\nrows.limit(1)\nrows[MOST:]"

    assert found([source("issues/web/lists.py", text)]) == {
        ("issues.web.lists", "SHOWN"), ("issues.web.lists", "MOST"),
    }  # fmt: skip
