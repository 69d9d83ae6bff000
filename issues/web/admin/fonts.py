"""管理·字体: which face stands for which style, whose it is, and what it cannot draw."""

from flask import Blueprint, current_app, render_template

from issues.notices.fonts.faces import ROLE_LABELS, FaceRole, Faces
from issues.notices.fonts.files import NoFonts, place_of
from issues.queries.admin.signs import signs
from issues.rights.table import Right
from issues.web.door.guards import requires

blueprint = Blueprint("fonts", __name__, url_prefix="/admin/fonts")

USES = {
    "fangsong": "正文、文号、主送、署名、抄送",
    "songtitle": "发文机关标志、标题",
    "hei": "一级标题、紧急程度、附件序号、表头",
    "kai": "二级标题",
    "song": "楷体标题中的数字和英文",
}
LIGHT = "正文、文号、表格、页码中的数字和英文；仿宋没有的字"
MOST_SHOWN = 60


@blueprint.get("")
@requires(Right.FONTS)
def page() -> str:
    settings = current_app.extensions["settings"]
    try:
        faces = current_app.extensions["faces"]()
    except NoFonts as fault:
        return render_template("admin/fonts.html", rows=[], fallback=[], fault=str(fault),
                               warnings=[], is_own=settings.fonts_dir is not None)  # fmt: skip
    shown = [(ROLE_LABELS[role], USES[role.value], face) for role, face in faces.roles.items()]
    if faces.light is not None:
        shown.insert(1, ("细宋体", LIGHT, faces.light))
    rows = [
        (label, use, face, place_of(face, settings.tool_folder / "fonts", settings.fonts_dir))
        for label, use, face in shown
    ]
    return render_template(
        "admin/fonts.html",
        rows=rows,
        fallback=[face.family or face.path.stem for face in faces.fallback],
        fault="",
        warnings=faces.notices(),
        is_own=settings.fonts_dir is not None,
        written=_written(faces),
    )


def _written(faces: Faces) -> dict[str, object]:
    """How many characters the register is written in, those no face has, and those 仿宋 lacks."""
    known = {sign for sign in signs() if sign.isprintable() and not sign.isspace()}
    unknown = faces.missing("".join(known))
    own = faces.roles[FaceRole.FANGSONG]
    lent = sorted(sign for sign in known - unknown if sign.isalpha() and not own.draws(sign))
    return {
        "count": len(known),
        "unknown": sorted(unknown)[:MOST_SHOWN],
        "lent": lent[:MOST_SHOWN],
        "more": max(0, len(lent) - MOST_SHOWN),
    }
