"""Figure 21: what leaves as mail or as a printed page is never a header, an act or a picture."""

import io
import smtplib
from email import message_from_string, policy

import pikepdf
import pytest
import tally
from planting import MARK, marks_in, plant
from pypdf import PdfReader
from sqlalchemy import delete
from tally import on_both, part, tell
from test_injection import SENT
from test_scripts import shown

from extensions import db, transaction
from issues.ground import clock
from issues.models import Notice, Outbox
from issues.notices.delivery import outbox, outside

MAIL = "mailto://office:word@mail.invalid:25/?to=head@bazhong.invalid&from=office@bazhong.invalid"
LINES = (
    *SENT, "zqx\r\nBcc: zqx@example.org", "zqx\nSubject: zqx", "zqx\r\n\r\nzqx", "zqx\x0b",
    "=?utf-8?q?zqx=0d=0aBcc:_zqx@example.org?=", "zqx\u2028Bcc: zqx@example.org", "zqx\r\n.\r\n",
)  # fmt: skip
KNOWN = frozenset({
    "content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to",
    "message-id", "date", "x-application", "reply-to", "x-mailer",
})  # fmt: skip
PRINTED = (
    "<img src=file:///etc/passwd />{0}", "<a href=http://198.51.100.7/>{0}</a>", "<para>{0}",
    "<font name=Courier>{0}", "<onDraw name={0} />", "<link href=javascript:{0}>x</link>",
    "{0}<br/><seq/>", ") Tj /Launch ({0}", "file:///etc/passwd {0}", "<!ENTITY {0} SYSTEM 'a'>",
    "<embed src=http://198.51.100.7/{0}>", "&{0};&#x41;",
)  # fmt: skip
ACTIVE = ("/JavaScript", "/JS", "/Launch", "/URI", "/SubmitForm", "/GoToR", "/EmbeddedFile")


class Post:
    """A server of mail that keeps what it is handed."""

    taken = []

    def __init__(self, *_given, **_named):
        pass

    def __getattr__(self, _name):
        return lambda *_given, **_named: (250, b"")

    def sendmail(self, sender, receivers, message, **_named):
        Post.taken.append((sender, receivers, message))
        return {}


@pytest.fixture
def post(monkeypatch):
    monkeypatch.setattr(smtplib, "SMTP", Post)
    Post.taken = []
    return Post.taken


def faults_of_mail(sender, receivers, message):
    whole = message.decode() if isinstance(message, bytes) else message
    read = message_from_string(whole, policy=policy.default)
    yield from (f"header {name}" for name in read if name.lower() not in KNOWN)
    if len(read.get_all("subject")) > 1 or "zqx" in str(read["subject"]):
        yield "subject"
    if any("zqx" in one for one in (sender, *receivers)) or len([*receivers]) > 1:
        yield "address"


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # of apprise
@on_both
def test_no_line_that_is_sent_is_more_than_text_of_a_mail(asking, app, post, database):
    tried = 0
    channel = outbox.channels([MAIL])[0]
    for line in part(LINES, 4):
        with transaction():
            notice = db.session.get_one(Notice, asking.city.own["notice_id"])
            outbox.write(notice, [channel.key], line, clock.now())
        outbox.send(channel, clock.now(), outside.deliver)
        with transaction():
            db.session.execute(delete(Outbox))
        tried += 1
    found = [(mail[2][:80], one) for mail in post for one in faults_of_mail(*mail)]
    assert len(post) == tried, "every line was sent"
    tell(21, "邮件头和地址", tried, found, database)


def test_a_header_that_was_typed_is_found():
    mail = "Subject: one\r\nBcc: zqx@example.org\r\n\r\ntext"

    assert [*faults_of_mail("a", ["b", "zqx"], mail)] == ["header Bcc", "address"]


def faults_of_print(data):
    """(what acts, comes from elsewhere or is a picture, what was typed and stands there)."""
    reader, found = PdfReader(io.BytesIO(data)), []
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    with pikepdf.open(io.BytesIO(data)) as document:
        for one in document.objects:
            plain = one.unparse(resolved=True) if not isinstance(one, pikepdf.Stream) else b""
            found += [act for act in ACTIVE if act.encode() in plain and MARK.encode() in plain]
    if "root:" in text:
        found.append("a file of the server")
    return found, marks_in(text)


@on_both
def test_no_printed_page_does_what_was_typed(asking, app, database):
    found, tried = [], 0
    for turn in part(range(len(PRINTED)), len(PRINTED)):
        plant(PRINTED[turn:] + PRINTED[:turn])
        for what, _, answer in shown(asking, app, 2 if tally.FULL else 1, "pdf"):
            if answer.status_code >= 500:
                found.append((what, answer.status_code))
            if answer.mimetype == "application/pdf":
                acts, marks = faults_of_print(answer.get_data())
                found += [(what, one) for one in acts]
                tried += len(marks)
        asking.undo()

    assert tried, "nothing that was typed was printed"
    tell(21, "PDF", tried, found, database)


def test_a_printed_page_that_acts_is_found():
    document = pikepdf.new()
    document.add_blank_page()
    act = pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI=pikepdf.String("http://x/zq1q"))
    document.Root.OpenAction = document.make_indirect(act)
    out = io.BytesIO()
    document.save(out)

    assert faults_of_print(out.getvalue())[0] == ["/URI"]
