"""A draft of a mail, for the programs that people send mail with; nothing is sent from here."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {".docx": _WORD, ".xlsx": _EXCEL}


class Attachment(NamedTuple):
    """A file to go with a mail."""

    name: str
    suffix: str
    data: bytes


def draft(subject: str, text: str, attachments: tuple[Attachment, ...]) -> bytes:
    """Return a mail without anybody it goes to, which programs open to be completed and sent."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["X-Unsent"] = "1"  # by which Outlook knows a draft
    mail.set_content(text)
    for each in attachments:
        mail.add_attachment(
            each.data, maintype="application", subtype=_KINDS[each.suffix], filename=each.name + each.suffix
        )
    mail.set_boundary(hashlib.sha256(text.encode()).hexdigest()[:32])  # the same mail has the same bytes
    return mail.as_bytes()
