"""The mail draft, read back by the standard library."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.documents.mail import draft

WHEN = datetime(2026, 2, 17, 20, 0, tzinfo=UTC)


def test_a_draft_opens_unsent_with_its_pdf() -> None:
    raw = draft(
        subject="Minutes of Tier 1 team,\n2/17/2026", body="Nguyễn\n", to=("a@b.org", "c@d.org"), when=WHEN,
        attachment=b"%PDF-1.7 x", file_name="minutes.pdf",
    )  # fmt: skip
    message = message_from_bytes(raw, policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Minutes of Tier 1 team, 2/17/2026"
    assert [str(each) for each in message["To"].addresses] == ["a@b.org", "c@d.org"]
    assert message["Date"].datetime == WHEN
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == "Nguyễn"
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("minutes.pdf", "application/pdf")
    assert part.get_content() == b"%PDF-1.7 x"
    assert b"\r\n" in raw


def test_a_draft_to_nobody_and_without_a_file() -> None:
    message = message_from_bytes(draft(subject="x", body="y", when=WHEN), policy=policy.default)
    assert message["To"] is None
    assert list(message.iter_attachments()) == []


@pytest.mark.parametrize(
    "address",
    ["nobody", "a b@c.org", "a@b.org\nBcc: x@y.org", "a@b.org, c@d.org", "@c.org", "a@", "<a@b.org>", "josé@c.org"],
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(UserError, match="no e-mail address"):
        draft(subject="x", body="y", to=(address,), when=WHEN)
