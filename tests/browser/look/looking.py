"""What a page looks like by measure: sizes of type, width, targets, the lines it stands on."""

SIZES = ("note", "small", "text", "lead", "title", "figure")
EVERYWHERE = ({"width": 1920, "height": 1080}, {"width": 1366, "height": 768},
              {"width": 390, "height": 844}, {"width": 320, "height": 700})  # fmt: skip
WIDE, DESK, PHONE, NARROW = (one["width"] for one in EVERYWHERE)
AT_A_DESK, IN_THE_HAND = 24, 44
APART = 12
"""Pixels at least between a box that says something and what stands before and behind it."""
MEASURE = """([names]) => {
  const shown = one => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden'
        && one.checkVisibility();
  };
  const told = one => [one.parentElement, one].map(part => part.localName
      + (part.id && '#' + part.id) + [...part.classList].map(name => '.' + name).join(''))
      .join(' > ') + ' ' + one.textContent.trim().slice(0, 16);
  const sizes = {}, strange = [], small = [], near = [];
  for (const one of document.querySelectorAll('body, body *')) {
    if (one.closest('svg, script, option')) continue;
    const says = [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim());
    const typed = one.matches('select, textarea, input') && !one.matches(
        '[type=hidden], [type=checkbox], [type=radio]');
    if (!says && !typed || !shown(one)) continue;
    const style = getComputedStyle(one), size = parseFloat(style.fontSize);
    const known = names.map(name => parseFloat(style.getPropertyValue('--size-' + name)));
    sizes[size] = (sizes[size] || 0) + 1;
    if (!known.includes(size)) strange.push(`${size}px: ${told(one)}`);
  }
  const targets = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
  for (const one of document.querySelectorAll(targets)) {
    if (one.closest('svg') || !shown(one)) continue;
    const label = one.matches('[type=checkbox], [type=radio]') && one.closest('label');
    const around = getComputedStyle(one, '::before'), style = getComputedStyle(one);
    const isWider = around.content !== 'none' && around.position === 'absolute';
    const wider = isWider && parseFloat(around.height) || 0;
    const height = Math.max((label || one).getBoundingClientRect().height, wider);
    small.push([height, one.localName === 'a' && style.display === 'inline', told(one)]);
  }
  const line = name => {
    const one = document.querySelector(name);
    if (!one || !shown(one)) return null;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return [box.left + parseFloat(style.paddingLeft),
            box.right - parseFloat(style.paddingRight)].map(Math.round);
  };
  for (const box of document.querySelectorAll('.alert, .error-summary')) {
    if (!shown(box)) continue;
    const own = box.getBoundingClientRect();
    const others = [...document.querySelectorAll('main *')]
        .filter(one => !box.contains(one) && !one.contains(box))
        .filter(one => !one.children.length && shown(one))
        .map(one => one.getBoundingClientRect())
        .filter(one => one.left < own.right && one.right > own.left);
    const ends = others.filter(one => one.bottom <= own.top + 1).map(one => one.bottom);
    const begins = others.filter(one => one.top >= own.bottom - 1).map(one => one.top);
    const above = Math.max(...ends, 0), below = Math.min(...begins, 1e6);
    near.push([own.top - above, below - own.bottom, box.textContent.trim().slice(0, 16)]);
  }
  const root = document.documentElement;
  return {sizes: Object.keys(sizes).map(Number), strange, small, near,
      sideways: root.scrollWidth - root.clientWidth,
      lines: ['.top-bar', '.page-main', '.page-foot'].map(line)};
}"""


def looked(page, where):
    """What is wrong with the open page in every window, and the sizes of type it shows."""
    found, sizes = [], set()
    for size in EVERYWHERE:
        page.set_viewport_size(size)
        seen = page.evaluate(MEASURE, [SIZES])
        at = f"{where} at {size['width']} px"
        found += [f"{at}: {told}" for told in faults(seen, size["width"])]
        sizes.update(seen["sizes"])
    return found, sizes


def faults(seen, width):
    yield from (f"a size of no name, {told}" for told in seen["strange"])
    if seen["sideways"] > 0:
        yield f"{seen['sideways']} px too wide"
    if width == WIDE and len({tuple(line) for line in seen["lines"] if line}) > 1:
        yield f"bar, content and foot stand on {seen['lines']}"
    for height, is_within_a_sentence, told in seen["small"]:
        least = IN_THE_HAND if width in (PHONE, NARROW) and not is_within_a_sentence else AT_A_DESK
        if height < least - 0.5:
            yield f"{height:.0f} px high, {told}"
    for above, below, told in seen["near"]:
        if min(above, below) < APART - 0.5:
            yield f"{min(above, below):.0f} px from its neighbour, {told}"
