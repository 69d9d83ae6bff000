"""Words of finding tickets: where a word was found, and who may be told of it."""

from issues.vocabulary.word import Word


class FoundIn(Word):
    """What of a ticket is searched, in the order a list shows it."""

    TICKET = "ticket", "事项"
    UNIT = "unit", "单位"
    PERSON = "person", "人员"
    MEASURE = "measure", "措施"
    NOTICE = "notice", "文书"
    EVIDENCE = "evidence", "佐证"
    HISTORY = "history", "办理过程"


class Audience(Word):
    """Who of those that see a ticket may find it by a text."""

    OPEN = "open", "看得到事项的人"
    COVERT = "covert", "看得到暗访内容的人"
    WITHDRAWN = "withdrawn", "看得到已撤回材料的人"
    ADDRESSEE = "addressee", "收文单位"
    COUNTY = "county", "县级指挥中心和它的单位"
    CITY = "city", "看得到全部文书的人"
