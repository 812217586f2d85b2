"""A mail that is not sent: a draft file which a mail program opens for a person to look over."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mtss_desktop.base.errors import UserError


def draft(
    *,
    subject: str,
    body: str,
    to: tuple[str, ...] = (),
    when: datetime,
    attachment: bytes = b"",
    file_name: str = "",
    calendar: bytes = b"",
    calendar_name: str = "",
) -> bytes:
    """An .eml with ``X-Unsent: 1`` and, where given, a PDF and a calendar file. Addresses that are none raise ``UserError`` naming them."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject.split())
    if to:
        message["To"] = [_address(each) for each in to]
    message["Date"] = format_datetime(when)
    message.set_content(body)
    if attachment:
        message.add_attachment(attachment, maintype="application", subtype="pdf", filename=file_name)
    if calendar:
        message.add_attachment(calendar.decode("utf-8"), subtype="calendar", filename=calendar_name)
    return message.as_bytes()


def _address(text: str) -> Address:
    """A plain address; a line break or second address inside it would become a header of its own."""
    user, at, domain = text.strip().rpartition("@")
    plain = user.isascii()  # letters beyond ASCII before the @ arrive with few mail programs
    if (
        not at
        or not user
        or not domain
        or not plain
        or any(letter.isspace() or letter in ',;<>"' for letter in text.strip())
    ):
        raise UserError(f"“{text.strip()}” is no e-mail address.", "Mend it in the list of people.")
    try:
        return Address(username=user, domain=domain)
    except (ValueError, IndexError):
        raise UserError(f"“{text.strip()}” is no e-mail address.", "Mend it in the list of people.") from None
