"""Which face is made of what, in the order a page would wish for it."""

from pathlib import Path
from typing import NamedTuple

SERIF = Path("@expo-google-fonts/noto-serif-sc")
SANS = Path("@expo-google-fonts/noto-sans-sc")
WENKAI = Path("@chinese-fonts/lxgwwenkai/dist/LXGWWenKai-Regular")
TEX_PACKAGE = "texlive-lang-chinese"
FANDOL_FANG = Path("usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")


class Copied(NamedTuple):
    """A TrueType file taken as it is from an installed package."""

    file: str
    source: Path
    family: str
    label: str


class Entry(NamedTuple):
    """One role in `fonts.json`. `substitute` says the face only stands in for the style."""

    file: str
    family: str
    substitute: bool = False


COPIED = (
    Copied("song.ttf", SERIF / "400Regular/NotoSerifSC_400Regular.ttf", "Noto Serif SC", "宋体"),
    Copied("songtitle.ttf", SERIF / "700Bold/NotoSerifSC_700Bold.ttf", "Noto Serif SC", "小标宋"),
    Copied(
        "light.ttf",
        SERIF / "200ExtraLight/NotoSerifSC_200ExtraLight.ttf",
        "Noto Serif SC ExtraLight",
        "正文数字和补字",
    ),
    Copied("hei.ttf", SANS / "500Medium/NotoSansSC_500Medium.ttf", "Noto Sans SC", "黑体"),
)
KAI = Entry("kai.ttf", "LXGW WenKai")
FANG = Entry("fangsong.ttf", "FandolFang R")
FALLBACK = ("song", "kai")


def roles(*, has_fang: bool) -> dict[str, Entry]:
    """小标宋 is a bold Song here, so it is marked; 楷体 stands in where there is no 仿宋.

    `light` is no style of its own: its strokes are as thin as 仿宋's, for what 仿宋 does not draw.
    """
    song, title, light, hei = (Entry(face.file, face.family) for face in COPIED)
    return {
        "fangsong": FANG if has_fang else KAI._replace(substitute=True),
        "songtitle": title._replace(substitute=True),
        "hei": hei,
        "kai": KAI,
        "song": song,
        "light": light,
    }
