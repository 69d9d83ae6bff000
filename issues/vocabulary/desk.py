"""What is done to a draft at its desk: each is one version of it."""

from issues.vocabulary.word import Word


class DeskAct(Word):
    """The label is what the list of versions says."""

    BEGIN = "begin", "起草"
    WRITE = "write", "修改段落"
    STRIKE = "strike", "删去段落"
    REVIVE = "revive", "恢复段落"
    FOLLOW = "follow", "改回记录所写"
    ADD = "add", "增加段落"
    UP = "up", "上移段落"
    DOWN = "down", "下移段落"
    ANNEX = "annex", "修改附件"
    UNANNEX = "unannex", "删去附件"
    FIELDS = "fields", "修改要素"
    TAKE_IN = "take_in", "并入导回的文稿"
    UNDO = "undo", "撤销"
    REDO = "redo", "重做"
    RETURN = "return", "恢复旧版"
