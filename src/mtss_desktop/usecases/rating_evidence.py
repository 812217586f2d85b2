"""Evidence: files, links, minutes and notes that stand behind rated items; one piece may stand behind several."""

from __future__ import annotations

from dataclasses import replace

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Words
from mtss_desktop.domain.evidence_views import Binder, BinderItem, BinderPiece, BinderSection, places_said
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.ratings import (
    Administration,
    AdministrationId,
    Evidence,
    EvidenceId,
    EvidenceKind,
    EvidenceUse,
)
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import files
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases import rating_sheet as sheets
from mtss_desktop.usecases.cleaning import clean_name, clean_text
from mtss_desktop.usecases.use_case import question, use_case


@use_case("Attach file to item", topic="ratings")
def attach_file(
    work: Work,
    administration_id: AdministrationId,
    item: str,
    *,
    name: str,
    media_type: str,
    content: str,
    shows: str = "",
    printable: bool = False,
) -> EvidenceId:
    """A file (base64, at most 20 MB) behind an item. Photos lose where they were taken."""
    record = _open_item(work, administration_id, item)
    attachment = files.attach(
        work,
        topic="evidence",
        record_id=record.id,
        name=name,
        media_type=media_type,
        content=content,
        place_id=record.organization_id,
    )
    title = work.attachments.get(attachment).name
    made = Evidence(kind=EvidenceKind.FILE, title=title, attachment_id=attachment, added_on=work.today())
    return _behind(work, record, item, replace(made, shows=clean_text(shows), printable=printable))


@use_case("Replace evidence file", topic="ratings")
def replace_file(work: Work, evidence_id: EvidenceId, *, name: str, media_type: str, content: str) -> None:
    """Another file (base64, at most 20 MB) in place of the one that is there, behind all its items.

    Whether a student is visible has to be said anew. Undo brings the first one back.
    """
    found = work.evidence.get(evidence_id)
    if found.attachment_id is None:
        raise UserError(f"“{found.title}” is no file.", "Take it off and attach the file.")
    before = work.attachments.get(found.attachment_id)
    after = files.attach(
        work,
        topic="evidence",
        record_id=before.record_id,
        name=name,
        media_type=media_type,
        content=content,
        place_id=found.organization_id,
    )
    title = work.attachments.get(after).name if found.title == before.name else found.title
    work.evidence.save(replace(found, title=title, attachment_id=after, printable=False))
    if not work.evidence.list(attachment_id=before.id):
        work.attachments.remove(before.id)


@use_case("Attach link to item", topic="ratings")
def attach_link(
    work: Work, administration_id: AdministrationId, item: str, address: str, *, title: str = "", shows: str = ""
) -> EvidenceId:
    """A web address or a folder behind an item; what it points at stays where it is."""
    record = _open_item(work, administration_id, item)
    where = " ".join(clean_text(address).split())
    if not where:
        raise UserError("Say where the link leads.", "Paste an address or a folder.")
    named = clean_name(title, "the link") if title.strip() else where[:120]
    made = Evidence(kind=EvidenceKind.LINK, title=named, address=where, added_on=work.today())
    return _behind(work, record, item, replace(made, shows=clean_text(shows)))


@use_case("Attach minutes to item", topic="ratings")
def attach_minutes(
    work: Work, administration_id: AdministrationId, item: str, meeting_id: MeetingId, *, shows: str = ""
) -> EvidenceId:
    """The minutes of a meeting behind an item."""
    record = _open_item(work, administration_id, item)
    meeting = work.meetings.get(meeting_id)
    known = work.evidence.first(
        organization_id=record.organization_id, meeting_id=meeting.id, private_to=record.private_to
    )
    if known is not None:
        _use(work, record, item, known)
        return known.id
    title = f"Minutes {Words.date(meeting.day)}"
    made = Evidence(kind=EvidenceKind.MINUTES, title=title, meeting_id=meeting.id, added_on=work.today())
    return _behind(work, record, item, replace(made, shows=clean_text(shows)))


@use_case("Attach note to item", topic="ratings")
def attach_note(work: Work, administration_id: AdministrationId, item: str, text: str) -> EvidenceId:
    """What somebody saw or said, behind an item."""
    record = _open_item(work, administration_id, item)
    said = clean_text(text)
    if not said:
        raise UserError("Say what was seen.")
    made = Evidence(kind=EvidenceKind.NOTE, title=said.splitlines()[0][:120], shows=said, added_on=work.today())
    return _behind(work, record, item, made)


def _open_item(work: Work, administration_id: AdministrationId, item: str) -> Administration:
    """Evidence may come before the rating and after it is finished."""
    record = scores.administration_of(work, administration_id)
    scores.item_of(scores.asked_of(work, record), item)
    return record


def _behind(work: Work, record: Administration, item: str, made: Evidence) -> EvidenceId:
    added = work.evidence.add(replace(made, organization_id=record.organization_id, private_to=record.private_to))
    _use(work, record, item, added)
    return added.id


def _use(work: Work, record: Administration, item: str, evidence: Evidence) -> None:
    if work.evidence_uses.first(administration_id=record.id, item=item, evidence_id=evidence.id) is not None:
        raise UserError(f"“{evidence.title}” stands behind item {item} already.")
    work.evidence_uses.add(
        EvidenceUse(
            organization_id=record.organization_id,
            private_to=record.private_to,
            evidence_id=evidence.id,
            administration_id=record.id,
            item=item,
        )
    )


@use_case("Use evidence for item", topic="ratings")
def use_evidence(work: Work, evidence_id: EvidenceId, administration_id: AdministrationId, item: str) -> None:
    """A piece that stands behind one item stands behind another as well."""
    record = _open_item(work, administration_id, item)
    _use(work, record, item, work.evidence.get(evidence_id))


@use_case("Take evidence off", topic="ratings")
def take_off(work: Work, evidence_id: EvidenceId, administration_id: AdministrationId, item: str) -> None:
    """It stands no longer behind this item; where it stands behind no other, it goes with its file. Undo brings it back."""
    found = work.evidence_uses.first(evidence_id=evidence_id, administration_id=administration_id, item=item)
    if found is None:
        raise UserError(f"This does not stand behind item {item}.", "Choose another one.")
    work.evidence_uses.remove(found.id)
    if not work.evidence_uses.list(evidence_id=evidence_id):
        _remove(work, work.evidence.get(evidence_id))


@use_case("Remove evidence", topic="ratings")
def remove_evidence(work: Work, evidence_id: EvidenceId) -> None:
    """A piece that stands behind at most one item. Raises ``UserError`` saying where it stands when it is in use elsewhere."""
    evidence = work.evidence.get(evidence_id)
    used = queries.uses(work, (evidence_id,)).get(evidence_id, ())
    if len(used) > 1:
        raise UserError(f"“{evidence.title}” stands behind {places_said(used)}.", "Take it off there first.")
    for use in work.evidence_uses.list(evidence_id=evidence_id):
        work.evidence_uses.remove(use.id)
    _remove(work, evidence)


def _remove(work: Work, evidence: Evidence) -> None:
    work.evidence.remove(evidence.id)
    if evidence.attachment_id is not None and not work.evidence.list(attachment_id=evidence.attachment_id):
        work.attachments.remove(evidence.attachment_id)


@use_case("Change evidence", topic="ratings")
def change_evidence(
    work: Work,
    evidence_id: EvidenceId,
    *,
    title: str | None = None,
    shows: str | None = None,
    address: str | None = None,
    printable: bool | None = None,
) -> None:
    """Its title, what it shows, where a link leads, whether it may be printed; what is not given stays."""
    found = work.evidence.get(evidence_id)
    where = found.address if address is None else " ".join(clean_text(address).split())
    if found.kind is EvidenceKind.LINK and not where:
        raise UserError("Say where the link leads.", "Paste an address or a folder.")
    work.evidence.save(
        replace(
            found,
            title=found.title if title is None else clean_name(title, "it"),
            shows=found.shows if shows is None else clean_text(shows),
            address=where,
            printable=found.printable if printable is None else printable,
        )
    )


# What is shown ---------------------------------------------------------------------------------------------------------------------


@question("Evidence binder", topic="ratings")
def binder(work: Work, administration_id: AdministrationId) -> Binder:
    """Every item with what stands behind it, the pieces in the order of the items, and rated items with nothing behind them."""
    sheet = sheets.sheet(work, administration_id)
    items = tuple(
        BinderItem(
            *(each.number, each.label, each.section, each.hint, each.rated, each.value, each.value_label, each.note),
            tuple(chip.evidence_id for chip in each.evidence),
        )
        for each in sheet.items
    )
    order = tuple(dict.fromkeys(piece for item in items for piece in item.pieces))
    rated = [item for item in items if item.rated]
    missing = sorted((item for item in rated if not item.pieces), key=lambda item: -(item.value or 0))
    return Binder(
        head=sheet.head,
        sections=tuple(_section(each.key, each.title, items) for each in sheet.sections if each.asked),
        items=items,
        pieces=_pieces(work, order),
        missing=tuple(item.number for item in missing if item.value is not None),
        rated=len(rated),
        rated_with_evidence=sum(bool(item.pieces) for item in rated),
    )


def _section(key: str, title: str, items: tuple[BinderItem, ...]) -> BinderSection:
    own = [item for item in items if item.section == key]
    return BinderSection(key, title, sum(bool(item.pieces) for item in own), len(own))


def _pieces(work: Work, order: tuple[EvidenceId, ...]) -> tuple[BinderPiece, ...]:
    found = {each.id: each for each in work.evidence.list(id=order)}
    attachments = {each.id: each for each in work.attachments.list(id=[e.attachment_id for e in found.values()])}
    people: dict[str, str] = {each.id: each.name for each in work.people.list()}
    used = queries.uses(work, order)
    pieces = []
    for tab, evidence_id in enumerate(order, 1):
        each = found[evidence_id]
        attachment = attachments.get(each.attachment_id or "")
        pieces.append(
            BinderPiece(
                evidence_id=each.id,
                tab=tab,
                kind=each.kind,
                title=each.title,
                shows=each.shows,
                address=each.address,
                attachment_id=each.attachment_id,
                media_type=attachment.media_type if attachment else "",
                size=attachment.size if attachment else 0,
                meeting_id=each.meeting_id,
                printable=each.printable,
                added_on=each.added_on,
                added_by=people.get(each.made_by, ""),
                used_at=used.get(each.id, ()),
            )
        )
    return tuple(pieces)


@question("Evidence of a place", topic="ratings")
def evidence(work: Work, administration_id: AdministrationId) -> tuple[Evidence, ...]:
    """Every piece of the place an administration is of, by title: what can be used for another item."""
    record = scores.administration_of(work, administration_id)
    found = work.evidence.list(organization_id=record.organization_id, order=("title",))
    return tuple(each for each in found if work.is_mine(each.private_to))
