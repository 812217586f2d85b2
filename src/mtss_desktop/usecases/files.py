"""Attached files."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.evidence_views import places_said
from mtss_desktop.domain.files import Attachment
from mtss_desktop.store import attachments
from mtss_desktop.store.queries import ratings
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name
from mtss_desktop.usecases.use_case import question, use_case

PHOTOS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/tiff": "TIFF"}


@dataclass(frozen=True)
class Content:
    """An attached file as it leaves the database; ``content`` is base64 text."""

    name: str
    media_type: str
    content: str


@use_case("Attach file")
def attach(
    work: Work, *, topic: str, record_id: str, name: str, media_type: str, content: str, place_id: str = ""
) -> str:
    """Keeps a file (base64) inside the database, at most 20 MB. Photos lose where and with what they were taken.

    Returns the attachment's id.
    """
    raw = _decoded(content)
    if len(raw) > attachments.LARGEST:
        raise UserError(f"“{PurePath(name).name}” is larger than 20 MB.", "Keep it where it is and add a link.")
    if media_type in PHOTOS:
        raw = _without_traces(raw, PHOTOS[media_type])
    if len(raw) > attachments.LARGEST:
        raise UserError(f"“{PurePath(name).name}” is larger than 20 MB.", "Make it smaller, or keep it elsewhere.")
    added = work.attachments.add(
        Attachment(
            organization_id=place_id or work.home_id,
            name=clean_name(PurePath(name).name, "the file"),
            media_type=media_type,
            size=len(raw),
            sha256=attachments.keep(work, raw),
            topic=topic,
            record_id=record_id,
        )
    )
    return added.id


def _decoded(content: str) -> bytes:
    import base64
    import binascii

    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise UserError("This file did not arrive whole.", "Attach it again.") from None


def _without_traces(raw: bytes, form: str) -> bytes:
    """The picture alone, turned upright: no place, time, camera or name."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(raw)) as picture:
            upright = ImageOps.exif_transpose(picture)
            clean = Image.new(upright.mode, upright.size)
            clean.paste(upright)
            if upright.mode == "P":
                clean.putpalette(upright.getpalette() or [])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise UserError("This picture cannot be read.", "Save it as JPEG or PNG and attach it again.") from None
    target = BytesIO()
    clean.save(target, form)
    return target.getvalue()


@use_case("Take file off")
def detach(work: Work, attachment_id: str) -> None:
    """The record no longer has the file; undo brings it back. Raises ``UserError`` for one that stands behind rated items, saying where."""
    evidence = work.evidence.first(attachment_id=attachment_id)
    if evidence is not None:
        used = ratings.uses(work, (evidence.id,)).get(evidence.id, ())
        raise UserError(
            f"“{evidence.title}” stands behind {places_said(used)}.", "Take it off there first; the file goes with it."
        )
    work.attachments.remove(attachment_id)


@question("Files of a record")
def of_record(work: Work, topic: str, record_id: str) -> tuple[Attachment, ...]:
    """By name."""
    return work.attachments.list(topic=topic, record_id=record_id, order=("name",))


@question("Content of a file")
def read(work: Work, attachment_id: str) -> Content:
    """Raises ``UserError`` where the content is damaged."""
    import base64

    attachment = work.attachments.get(attachment_id)
    try:
        raw = attachments.content(work, attachment.sha256)
    except LookupError:
        raise UserError(
            f"“{attachment.name}” is no longer whole in this database.", "Restore a backup, or attach it again."
        ) from None
    return Content(attachment.name, attachment.media_type, base64.b64encode(raw).decode("ascii"))
