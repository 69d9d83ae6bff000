"""管理·字体: which face stands for which style, and where one is only a substitute."""

from flask import Blueprint, current_app, render_template

from issues.notices.fonts.faces import ROLE_LABELS
from issues.notices.fonts.files import NoFonts, place_of
from issues.rights.table import Right
from issues.web.door.guards import requires

blueprint = Blueprint("fonts", __name__, url_prefix="/admin/fonts")

USES = {
    "fangsong": "正文、文号、主送、署名、抄送",
    "songtitle": "发文机关标志、标题",
    "hei": "一级标题、紧急程度、附件序号、表头",
    "kai": "二级标题",
    "song": "数字、英文、页码",
}


@blueprint.get("")
@requires(Right.FONTS)
def page() -> str:
    settings = current_app.extensions["settings"]
    try:
        faces = current_app.extensions["faces"]()
    except NoFonts as fault:
        return render_template("admin/fonts.html", rows=[], fallback=[], fault=str(fault),
                               warnings=[], is_own=settings.fonts_dir is not None)  # fmt: skip
    places = {
        role: place_of(face, settings.tool_folder / "fonts", settings.fonts_dir)
        for role, face in faces.roles.items()
    }
    rows = [
        (ROLE_LABELS[role], USES[role.value], face, places[role], len(face.coverage))
        for role, face in faces.roles.items()
    ]
    return render_template(
        "admin/fonts.html",
        rows=rows,
        fallback=[face.family or face.path.stem for face in faces.fallback],
        fault="",
        warnings=faces.notices(),
        is_own=settings.fonts_dir is not None,
    )
