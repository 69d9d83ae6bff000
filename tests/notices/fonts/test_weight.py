"""Figures and rare characters of the text are no darker than it; the operator's face is filled."""

from dataclasses import replace

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from measured import BUILT

from issues.notices.fonts.faces import Face, FaceRole, Faces

HANZI = "的整改问题生态环境污水处理治理建设管网责任单位督办情况年月日河道直排市区县人民政府委员会"
FIGURES = "0123456789"
NEAR = 0.25
"""The share by which the ink of an em, or of an advance, may differ from the text's."""


def ink(face, signs):
    """Ink of a sign over its advance and height, as a share of black, on the average."""
    with TTFont(face.path, fontNumber=face.index) as font:
        glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        found = []
        for sign in signs:
            pen = AreaPen(glyphs)
            glyphs[names[ord(sign)]].draw(pen)
            found.append(abs(pen.value) / em / glyphs[names[ord(sign)]].width)
    return sum(found) / len(found)


def drawn_by(faces, role, sign):
    font = faces.glyph(role, sign).font
    known = [*faces.roles.values(), faces.light, *faces.fallback, *faces.built.values()]
    return next(face for face in known if face and face.font.fontName == font)


def test_figures_are_not_darker_than_the_text(faces):
    text = ink(faces.roles[FaceRole.FANGSONG], HANZI)
    figures = ink(drawn_by(faces, FaceRole.FANGSONG, "0"), FIGURES)

    assert abs(figures - text) <= NEAR * text
    assert ink(faces.roles[FaceRole.SONG], FIGURES) > 1.2 * text, "what they were drawn with"


@pytest.mark.parametrize("sign", "滘垚㑇昇珺璟䶮")
def test_a_character_beyond_the_common_set_has_the_weight_of_its_neighbours(faces, sign):
    text = ink(faces.roles[FaceRole.FANGSONG], HANZI)
    face = drawn_by(faces, FaceRole.FANGSONG, sign)

    assert not faces.roles[FaceRole.FANGSONG].draws(sign)
    assert abs(ink(face, HANZI) - text) <= NEAR * text


def test_what_an_operators_title_face_lacks_comes_from_the_bold_one_that_was_built(faces):
    thin = Face(BUILT / "fangsong.ttf", 0, "方正小标宋简体", substitute=False)
    own = replace(faces, roles={**faces.roles, FaceRole.TITLE: thin})

    assert own.glyph(FaceRole.TITLE, "整").font == thin.font.fontName
    assert own.glyph(FaceRole.TITLE, "滘").font == faces.built[FaceRole.TITLE].font.fontName


def test_a_set_up_without_the_thin_face_still_draws(faces):
    without = Faces(faces.roles, faces.fallback)

    assert without.glyph(FaceRole.FANGSONG, "0").font == faces.roles[FaceRole.SONG].font.fontName
    assert without.missing("滘0") == set()
