"""What every page must be, whatever it is about. Each check yields a sentence for each fault."""

import hashlib
import re
from collections import Counter

from punctuation import shown_faults

from issues import vocabulary

TYPED = frozenset({"hidden", "submit", "button", "reset", "image"})
ALLOWED_SCRIPTS = frozenset({"application/json", "application/ld+json"})
SHOWN_ATTRIBUTES = frozenset(
    {"value", "title", "alt", "placeholder", "aria-label", "href", "action"}
)
NONE = re.compile(r"(?<![\w])None(?![\w])")
FRESH = re.compile(r'(?<=value=")[\w.-]{20,}(?=")|(?<=nonce=")[^"]+|(?<=\d )\d\d:\d\d(?!\d)')
"""What is new each time a page is drawn and no check asks for: tokens, and the time of day."""
LATIN = re.compile(r"(?<![\w./@:-])[a-z][a-z_]{2,}(?![\w./@:-])")

CODES = frozenset(
    word.value
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, vocabulary.Word)
    for word in kind
    if re.fullmatch(r"[a-z_]{3,}", word.value)
)


def shown_values(page):
    """Each attribute a person may read, as (node, name, value)."""
    for node in page.walk():
        for name, value in node.attributes.items():
            if value and name in SHOWN_ATTRIBUTES:
                yield node, name, value


def one_heading(page):
    headings = page.all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1, not one"
        return
    titles = [node.text or "".join(node.children) for node in page.all("title")]
    if len(titles) != 1 or not titles[0].strip().startswith(headings[0].text):
        yield f"the title {titles} is not the heading {headings[0].text!r}"


def language(page):
    if [node["lang"] for node in page.all("html")] != ["zh-CN"]:
        yield "html has not lang=zh-CN"


def every_field_is_labelled(page):
    named = {node["for"] for node in page.all("label", for_=True)}
    for node in page.all("input", "select", "textarea"):
        if node.tag == "input" and node["type"] in TYPED:
            continue
        by_label = node["id"] in named or any(above.tag == "label" for above in node.ancestors())
        if not (by_label or node["aria-label"] or node["aria-labelledby"]):
            yield f"the field {node['name']!r} has no label"


def every_button_says_what_it_does(page):
    for node in page.all("button", "a"):
        pictures = [image["alt"] for image in node.all("img", alt=True)]
        if not (node.text or node["aria-label"] or any(pictures)):
            yield f"a {node.tag} without words: {node.attributes}"
    for node in page.all("img"):
        if node["alt"] is None:
            yield f"a picture without alt: {node['src']}"


def ids_stand_once(page):
    counts = Counter(node["id"] for node in page.walk() if node["id"] is not None)
    for name, count in counts.items():
        if count > 1:
            yield f"the id {name!r} stands {count} times"


def every_post_carries_a_token(page):
    for form in page.all("form"):
        is_post = (form["method"] or "get").lower() == "post"
        if is_post and not form.all("input", name="csrf_token", type="hidden"):
            yield f"the form to {form['action']!r} has no token"


def nothing_is_none(page):
    for text in page.strings():
        if NONE.search(text):
            yield f"None stands in {text.strip()!r}"
    for node, name, value in shown_values(page):
        if NONE.search(value):
            yield f"None stands in {name} of {node.tag}: {value!r}"


def quoted(page):
    """What the manual quotes as it is typed at a command line, and addresses told as such."""
    texts = [node for node in page.all("article") if "help-text" in (node["class"] or "")]
    texts += [node for node in page.all("table") if "operations-figures" in (node["class"] or "")]
    return {text for node in texts for code in node.all("code") for text in code.strings()}


def no_code_is_shown(page):
    as_typed = quoted(page)
    for text in (text for text in page.strings() if text not in as_typed):
        for code in CODES.intersection(LATIN.findall(text)):
            yield f"the stored word {code!r} stands in {text.strip()!r}"


def nothing_runs_inline(page):
    for node in page.walk():
        if node.tag == "script" and not node["src"] and node["type"] not in ALLOWED_SCRIPTS:
            yield "a script stands in the page"
        handlers = [name for name in node.attributes if name.startswith("on")]
        if handlers or "style" in node.attributes:
            yield f"{node.tag} carries {handlers or 'a style'}, which the page's policy blocks"
        if (node["href"] or node["action"] or "").strip().lower().startswith("javascript:"):
            yield f"{node.tag} points at a script"


def nothing_comes_from_outside(page):
    for node in page.all("script", "link", "img", "source", "iframe", "form", "use"):
        for name in ("src", "href", "action"):
            if re.match(r"\s*(https?:)?//", node[name] or ""):
                yield f"{node.tag} reaches outside: {node[name]}"


def marks_are_full_width(page):
    for text in page.strings():
        for around in shown_faults(text):
            yield f"a half-width mark stands in {around!r}"
    for node, name, value in shown_values(page):
        for around in shown_faults(value):
            yield f"a half-width mark stands in {name} of {node.tag}: {around!r}"


WHOLE_PAGE = (one_heading, language)
ANY_PIECE = (
    every_field_is_labelled,
    every_button_says_what_it_does,
    ids_stand_once,
    every_post_carries_a_token,
    nothing_is_none,
    no_code_is_shown,
    nothing_runs_inline,
    nothing_comes_from_outside,
    marks_are_full_width,
)


def faults(page):
    checks = (*WHOLE_PAGE, *ANY_PIECE) if page.all("html") else ANY_PIECE
    return [fault for check in checks for fault in check(page)]


_faultless = set()


def faults_once(html, tree):
    """Those of a page; a page that differs from a faultless one in nothing checked has none.

    `tree` gives the page's tree, for which there is no need then.
    """
    drawn = hashlib.blake2b(FRESH.sub("", html).encode(), digest_size=16).digest()
    if drawn in _faultless:
        return []
    found = faults(tree())
    if not found:
        _faultless.add(drawn)
    return found
