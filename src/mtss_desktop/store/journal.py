"""Steps, pictures and the chain: undo and redo across restarts, and a history that shows when it was tampered with.

A step stays open for 30 seconds so that the next of the same merge key can join it; then it is sealed: SHA-256 over the link before, the
step and the salted digests of its pictures.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mtss_desktop.base.errors import Conflict, UserError
from mtss_desktop.store.kinds import BY_TABLE
from mtss_desktop.store.rows import Row, to_picture
from mtss_desktop.store.schema import REVISION
from mtss_desktop.store.schema.journal import picture, step
from mtss_desktop.store.work import Picture, Work

MERGE_WITHIN = timedelta(seconds=30)
UNDOABLE = ("edit", "import", "take-back", "bring-back")
TOLD = "told"
"""A step that is no act upon the records: who uses the database is said anew, a packet was printed. Undo and redo pass it."""
BARRIERS = ("start", "purge", "migration", "restore", "mode")
_START = "0" * 64
_ADVISORY = 0x4D545353


@dataclass(frozen=True)
class HistoryLine:
    """One step as people read it. ``undone`` while an undo of it stands; ``erased`` says why its pictures are gone."""

    seq: int
    at: datetime
    person_id: str
    label: str
    use_case: str
    kind: str
    undoes: int | None
    undone: bool
    erased: str = ""


@dataclass(frozen=True)
class Head:
    """The end of the chain: the last sealed step, its link, and when it was made."""

    seq: int
    link: str
    at: datetime


# Writing -------------------------------------------------------------------------------------------------------------------


def write_step(work: Work) -> int:
    """The last act before commit. Returns the step's number, 0 when nothing changed."""
    made = work.step
    shown = [each for each in made.pictures.values() if _contents(each.before) != _contents(each.after)]
    if not shown and not (made.touched and made.kind != "edit"):
        return 0
    if work.connection.dialect.name == "postgresql":
        work.connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY})")
    last = _last(work)
    if last is not None and _may_join(work, last):
        _join(work, last, shown)
        return int(last.seq)
    if last is not None and last.link is None:
        _seal(work, last.seq)
    seq = (last.seq if last is not None else 0) + 1
    place, private_to = _where(work, shown)
    stands, undone = _next_turns(work, seq)
    work.connection.execute(
        step.insert().values(
            seq=seq,
            at=work.now(),
            person_id=work.me,
            label=made.label,
            use_case=made.use_case,
            organization_id=place,
            private_to=private_to,
            touched=sorted([str(topic), record_id] for topic, record_id in made.touched),
            kind=made.kind,
            undoes=made.undoes,
            stands=stands,
            undone=undone,
            import_key=made.import_key,
            merge_key=made.merge_key,
        )
    )
    _insert_pictures(work, seq, shown, start=0)
    return seq


def _where(work: Work, shown: list[Picture]) -> tuple[str, str | None]:
    """The place a step belongs to, and the one person who may see it if all its pictures are that person's."""
    rows = [each.after or each.before or {} for each in shown]
    private = {row["private_to"] for row in rows}
    place = rows[0]["organization_id"] if rows else work.home_id
    return place, private.pop() if len(private) == 1 else None


def _last(work: Work) -> Any:
    return work.connection.execute(sa.select(step).order_by(step.c.seq.desc()).limit(1)).one_or_none()


def _may_join(work: Work, last: Any) -> bool:
    made = work.step
    return bool(
        made.merge_key
        and last.merge_key == made.merge_key
        and last.link is None
        and last.kind == made.kind == "edit"
        and last.person_id == work.me
        and abs(work.now() - last.at) <= MERGE_WITHIN
    )


def _join(work: Work, last: Any, shown: list[Picture]) -> None:
    """Earlier pictures keep their *before* and take the new *after*."""
    there = {(row.table_name, row.row_id): row for row in _pictures(work, last.seq)}
    fresh = []
    for each in shown:
        old = there.get((each.kind.table.name, each.row_id))
        if old is None:
            fresh.append(each)
            continue
        after = _contents(each.after)
        salt = secrets.token_hex(16)
        same = sa.and_(picture.c.step_seq == last.seq, picture.c.place == old.place)
        digest = _digest(salt, old.before, after)
        work.connection.execute(picture.update().where(same).values(after=after, salt=salt, digest=digest))
    _insert_pictures(work, last.seq, fresh, start=len(there))
    touched = {tuple(each) for each in last.touched} | {
        (str(topic), record_id) for topic, record_id in work.step.touched
    }
    changed = step.update().where(step.c.seq == last.seq)
    work.connection.execute(changed.values(at=work.now(), touched=sorted(list(each) for each in touched)))


def _insert_pictures(work: Work, seq: int, shown: list[Picture], *, start: int) -> None:
    rows = []
    for place, each in enumerate(shown, start=start):
        row = each.after or each.before or {}
        before, after, salt = _contents(each.before), _contents(each.after), secrets.token_hex(16)
        rows.append(
            {
                "step_seq": seq,
                "place": place,
                "table_name": each.kind.table.name,
                "row_id": each.row_id,
                "organization_id": row["organization_id"],
                "private_to": row["private_to"],
                "before": before,
                "after": after,
                "schema_revision": REVISION,
                "salt": salt,
                "digest": _digest(salt, before, after),
            }
        )
    if rows:
        work.connection.execute(picture.insert(), rows)


def _contents(row: Row | None) -> Row | None:
    return None if row is None else to_picture(row)


def _digest(salt: str, before: Row | None, after: Row | None) -> str:
    return hashlib.sha256(_canonical([salt, before, after])).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


# The chain -----------------------------------------------------------------------------------------------------------------


def seal(work: Work) -> None:
    """Closes the last step, so that nothing joins it any more (at closing, before an undo)."""
    last = _last(work)
    if last is not None and last.link is None:
        _seal(work, last.seq)


def _seal(work: Work, seq: int) -> None:
    before = work.connection.execute(
        sa.select(step.c.link).where(step.c.seq < seq).order_by(step.c.seq.desc()).limit(1)
    ).scalar()
    row = work.connection.execute(sa.select(step).where(step.c.seq == seq)).one()
    digest = _step_digest(work, row)
    link = hashlib.sha256(f"{before or _START}{digest}".encode()).hexdigest()
    work.connection.execute(step.update().where(step.c.seq == seq).values(digest=digest, link=link))


_SIGNED = (
    "seq",
    "at",
    "person_id",
    "label",
    "use_case",
    "organization_id",
    "private_to",
    "touched",
    "kind",
    "undoes",
    "import_key",
)


def _step_digest(work: Work, row: Any) -> str:
    digests = [each.digest for each in _pictures(work, row.seq)]
    return hashlib.sha256(_canonical([[getattr(row, name) for name in _SIGNED], digests])).hexdigest()


def broken_link(work: Work) -> int | None:
    """The first step whose chain does not hold: edited, removed, moved or added behind the program's back. None when all is well."""
    link, expected = _START, None
    for row in work.connection.execute(sa.select(step).order_by(step.c.seq)):
        if expected is not None and row.seq != expected:
            return int(row.seq)
        expected = row.seq + 1
        for each in _pictures(work, row.seq):
            if each.salt is not None and _digest(each.salt, each.before, each.after) != each.digest:
                return int(row.seq)
        if row.link is None:
            continue
        digest = _step_digest(work, row)
        link = hashlib.sha256(f"{link}{digest}".encode()).hexdigest()
        if digest != row.digest or link != row.link:
            return int(row.seq)
    return None


def head(work: Work) -> Head | None:
    """None before the first step is sealed."""
    sealed = sa.select(step.c.seq, step.c.link, step.c.at).where(step.c.link.is_not(None))
    row = work.connection.execute(sealed.order_by(step.c.seq.desc()).limit(1)).one_or_none()
    return None if row is None else Head(int(row.seq), str(row.link), row.at)


def holds(work: Work, known: Head) -> bool:
    """Whether this history is the known one or goes on from it."""
    return work.connection.execute(sa.select(step.c.link).where(step.c.seq == known.seq)).scalar() == known.link


def blank(work: Work, seq: int, why: str) -> None:
    """Erases what a step's pictures show, salt included; the chain still verifies and history says why."""
    erased = picture.update().where(picture.c.step_seq == seq)
    work.connection.execute(erased.values(before=None, after=None, salt=None, blanked=why))


# Undo and redo ---------------------------------------------------------------------------------------------------------------


def _own_last(work: Work, before: int | None = None) -> Any:
    """The person's own newest step, or the newest before one; None at the beginning."""
    query = sa.select(step).where(step.c.person_id.in_(work.own_ids)).order_by(step.c.seq.desc()).limit(1)
    return work.connection.execute(query if before is None else query.where(step.c.seq < before)).one_or_none()


def _by_number(work: Work, seq: int | None) -> Any:
    return None if seq is None else work.connection.execute(sa.select(step).where(step.c.seq == seq)).one_or_none()


def next_undo(work: Work) -> Any:
    """The person's own last step that still stands, None behind a barrier or at the beginning."""
    last = _own_last(work)
    return None if last is None else _by_number(work, last.stands)


def next_redo(work: Work) -> Any:
    """The last undo that nothing but undos and redos followed, None once something new was done."""
    last = _own_last(work)
    return None if last is None else _by_number(work, last.undone)


def _next_turns(work: Work, seq: int) -> tuple[int | None, int | None]:
    """What can be undone and redone once the step that is being made stands as number ``seq``.

    Undos take the newest step first, so whatever came after an undone step does not stand either: what can be undone next
    is what could be just before that step, however many steps there are.
    """
    made = work.step
    if made.kind == "undo":
        earlier = _own_last(work, made.undoes)
        return (None if earlier is None else earlier.stands), seq
    if made.kind == "redo":
        turned, earlier = _by_number(work, made.undoes), _own_last(work, made.undoes)
        return turned.undoes, (None if earlier is None else earlier.undone)
    if made.kind in UNDOABLE:
        return seq, None
    last = None if made.kind in BARRIERS else _own_last(work)
    if last is None:
        return None, None
    return last.stands, (last.undone if made.kind == TOLD else None)


def undo(work: Work, row: Any) -> None:
    """Applies the step's pictures in reverse. Raises ``Conflict`` and changes nothing when someone edited the same rows since.

    An import is undone by taking it back, a take-back by bringing back.
    """
    _begin(work, "undo", row)
    if row.kind == "import":
        from mtss_desktop.store import taking_back

        taking_back.take_back(work, row.import_key)
        return
    turn_back(work, row)


def redo(work: Work, row: Any) -> None:
    """Takes an undo back. ``row`` is the undo's step."""
    _begin(work, "redo", row)
    turn_back(work, row)


def _begin(work: Work, kind: str, row: Any) -> None:
    seal(work)
    work.step.kind = kind
    work.step.undoes = row.seq
    work.step.label = row.label
    work.step.import_key = row.import_key


def turn_back(work: Work, row: Any) -> None:
    """The pictures of a step in reverse; where it took back or brought back an import, its facts and counts follow."""
    if row.import_key is None:
        _apply(work, row.seq)
        return
    from mtss_desktop.store import taking_back

    taking_back.refuse_forgotten(work, row.import_key)
    _apply(work, row.seq)
    taking_back.put_back(work, row.import_key)


def _apply(work: Work, seq: int) -> None:
    for each in reversed(_pictures(work, seq)):
        if each.blanked:
            raise UserError("This step's contents were erased, so it cannot be undone.", each.blanked)
        kind = BY_TABLE[each.table_name]
        now, before = work.contents(kind, each.row_id), each.before
        after = _known(each.after, now)
        if now != after:
            told = _told_since(work, each, now)
            if now is None or after is None or now != after | told:
                raise Conflict("This was changed again since.", topic=kind.topic, record_id=each.row_id)
            before = None if before is None else before | told
        work.put_back(kind, each.row_id, before)


def _told_since(work: Work, then: Any, now: Row | None) -> Row:
    """Facts of a row as they are ``now`` that steps of the kind "told" wrote since a picture was taken: they stay."""
    same = sa.and_(picture.c.table_name == then.table_name, picture.c.row_id == then.row_id)
    query = sa.select(picture.c.before, picture.c.after).join(step, step.c.seq == picture.c.step_seq)
    told = work.connection.execute(query.where(same, step.c.kind == TOLD, picture.c.step_seq > then.step_seq))
    names = {name for row in told for name, value in (row.after or {}).items() if (row.before or {}).get(name) != value}
    return {name: value for name, value in (now or {}).items() if name in names}


def _known(then: Row | None, now: Row | None) -> Row | None:
    """A picture seen through today's columns: fields added since count as unchanged."""
    if then is None or now is None:
        return then
    return {name: then.get(name, now[name]) for name in now}


def _pictures(work: Work, seq: int) -> list[Any]:
    query = sa.select(picture).where(picture.c.step_seq == seq).order_by(picture.c.place)
    return list(work.connection.execute(query))


# Reading ---------------------------------------------------------------------------------------------------------------------


def history(work: Work, limit: int = 200, before: int | None = None) -> tuple[HistoryLine, ...]:
    """Newest first."""
    query = sa.select(step).order_by(step.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(step.c.seq < before)
    undone = _undone(work)
    blanked = sa.select(picture.c.step_seq, picture.c.blanked).where(picture.c.blanked.is_not(None))
    erased: dict[int, str] = {row.step_seq: row.blanked for row in work.connection.execute(blanked)}
    return tuple(
        HistoryLine(
            row.seq,
            row.at,
            row.person_id,
            row.label,
            row.use_case,
            row.kind,
            row.undoes,
            row.seq in undone,
            erased.get(row.seq) or "",
        )
        for row in work.connection.execute(query)
    )


def _undone(work: Work) -> set[int]:
    """Steps that an undo, or an import's take-back, stands against; the newest steps decide about the older ones."""
    query = sa.select(step.c.seq, step.c.kind, step.c.undoes).where(step.c.undoes.is_not(None))
    undone: set[int] = set()
    for row in work.connection.execute(query.order_by(step.c.seq.desc())):
        if row.seq not in undone:
            undone.add(row.undoes)
    return undone
