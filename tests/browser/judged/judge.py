"""What axe says of an open page by WCAG 2.2 AA, and which parts of it are drawn in a new way."""

from pathlib import Path

from needs import need

AXE = Path(__file__).parents[3] / ".tools" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = "color-contrast"
BY_WIDTH = (
    "aria-command-name", "aria-hidden-focus", "aria-input-field-name", "button-name", "image-alt",
    "input-button-name", "label", "link-in-text-block", "link-name", "nested-interactive",
    "scrollable-region-focusable", "select-name", "summary-name", "target-size",
)  # fmt: skip
"""What a narrow window may change: a name that is hidden there, a target that shrinks."""
GRAVE = {"serious", "critical"}
JUDGE = """([tags, off]) => axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
    rules: Object.fromEntries(off.map(rule => [rule, {enabled: false}]))})"""
NARROW = """rules => axe.run(document, {
    runOnly: {type: 'rule', values: rules}, resultTypes: ['violations'], preload: false})"""
FRESH = """async ([tags, known]) => {
  const ways = new Map(), grounds = new Map();
  const ground = one => {
    if (one === null) return '';
    if (!grounds.has(one)) {
      const style = getComputedStyle(one), {backgroundColor, backgroundImage, opacity} = style;
      const over = ['absolute', 'fixed'].includes(style.position) ? style.position : '';
      const clear = backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none';
      const own = clear && opacity === '1' && !over
          ? '' : `/${[backgroundColor, backgroundImage, opacity, over]}`;
      grounds.set(one, `${ground(one.parentElement)}${own}`);
    }
    return grounds.get(one);
  };
  const says = one => [...one.childNodes].some(
      part => part.nodeType === Node.TEXT_NODE && part.data.trim());
  for (const one of document.querySelectorAll('body, body *')) {
    if (!says(one) && !one.matches('input, select, textarea')) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(one);
    const inside = [...one.children].some(says);
    const own = [one.tagName, color, fontSize, fontWeight, textShadow, inside];
    ways.set(one, `${own} ${ground(one)}`);
  }
  const seen = new Set(known), fresh = [...ways].filter(([, way]) => !seen.has(way));
  for (const [one] of fresh) one.dataset.fresh = '';
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-fresh]'}]});
  const found = await axe.run(document, {
      runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false});
  for (const [one] of fresh) delete one.dataset.fresh;
  return {violations: found.violations, ways: [...new Set(fresh.map(([, way]) => way))]};
}"""


def axe_script():
    """The judge as it was installed; the test is skipped where it is not."""
    need(AXE.is_file(), "没有 .tools/axe.min.js，先运行 make setup-dev")
    return AXE.read_text(encoding="utf-8")


def faults(seen, axe, *off):
    """Each grave violation on the open page: its rule, and where it stands."""
    seen.page.evaluate(axe)
    return judged(seen, *off)


def judged(seen, *off):
    """The same where axe is on the page already; `off` are rules that are not asked."""
    return _told(seen.page.evaluate(JUDGE, [TAGS, off])["violations"])


def judged_narrow(seen):
    """Where the page was judged whole at another width: what this one may have changed."""
    return _told(seen.page.evaluate(NARROW, BY_WIDTH)["violations"])


def judged_anew(seen, known):
    """The same; of colours, what is drawn in a way not in `known`, which then holds it.

    Judging colours takes axe half of its time, and most of a page is drawn like the page before.
    """
    found = seen.page.evaluate(FRESH, [TAGS, sorted(known)])
    known.update(found["ways"])
    return _told(found["violations"])


def _told(violations):
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in violations
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]
