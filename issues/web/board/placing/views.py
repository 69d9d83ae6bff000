"""The windows that a picture is drawn for: how large its words and signs are on each."""

from typing import NamedTuple

from issues.vocabulary import Colour

CHINESE = 0x2000
"""From here on a character is as wide as it is high."""
NARROW, PERCENT = 0.62, 1.0
LINE = 1.25
TOUCH = 1e-6
EDGE = 0.35
"""Of a word's height, left free around it."""


class View(NamedTuple):
    """Sizes in pixels of a picture as it is shown: `wide` by `high` at most.

    `leads` is false where a name without room is left out, as a table beside the picture has it.
    `told` is 0 where no line stands under a name. `reach` is what a finger or a pointer may
    hit of a sign, `sign` what is seen of it.
    """

    key: str
    wide: int
    high: int
    name: int
    told: int
    sign: int = 0
    reach: int = 0
    leads: bool = True

    def unit(self, width: float, height: float) -> float:
        """So much of the picture is one pixel."""
        return max(width / self.wide, height / self.high)


DESK = View("desk", 720, 560, 15, 13, 24, 26)
PHONE = View("phone", 330, 620, 13, 12, 28, 44)
MAP = (DESK, PHONE)
LEADS = (DESK._replace(told=0), PHONE._replace(told=0))
THUMB = (View("desk", 128, 186, 12, 0, leads=False), View("phone", 330, 320, 13, 0))
WALL = (View("desk", 860, 600, 24, 21),)


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether they cover some of each other; to touch is not to meet."""
        return (
            self.left + TOUCH < other.right
            and other.left + TOUCH < self.right
            and self.top + TOUCH < other.bottom
            and other.top + TOUCH < self.bottom
        )


def around(x: float, y: float, wide: float, high: float) -> Box:
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def width_of(text: str) -> float:
    """At least as wide as the text, where a character is one high."""
    return sum(1.0 if ord(one) >= CHINESE else PERCENT if one == "%" else NARROW for one in text)


def words_size(view: View, name: str, told: str, unit: float) -> tuple[float, float]:
    """Width and height on the picture of a name over what is told of it, with an edge."""
    wide = max(width_of(name) * view.name, width_of(told) * view.told)
    high = LINE * view.name + (LINE * view.told if view.told and told else 0)
    return (wide + 2 * EDGE * view.name) * unit, high * unit


def shape_of(colour: Colour, radius: float) -> str:
    """The path of a colour's sign about its middle, as large as a circle of this radius."""
    r = radius
    match colour:
        case Colour.RED:
            half = f"a{r:.1f} {r:.1f} 0 1 0"
            return f"M-{r:.1f} 0{half} {2 * r:.1f} 0{half} -{2 * r:.1f} 0Z"
        case Colour.YELLOW:
            return f"M0 -{r:.1f}L{r:.1f} {0.8 * r:.1f}H-{r:.1f}Z"
        case Colour.GREEN:
            s = 0.9 * r
            return f"M-{s:.1f} -{s:.1f}H{s:.1f}V{s:.1f}H-{s:.1f}Z"
        case _:
            return f"M0 -{r:.1f}L{r:.1f} 0L0 {r:.1f}L-{r:.1f} 0Z"
