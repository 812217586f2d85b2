"""One unit of work: one connection, one transaction, one step in the journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mtss_desktop.base.changes import ChangeSet, Topic, Touched
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.files import Mode, Rule
from mtss_desktop.domain.records import Record
from mtss_desktop.domain.rules import Rules
from mtss_desktop.store import kinds
from mtss_desktop.store.kinds import Kind
from mtss_desktop.store.records import Records
from mtss_desktop.store.rows import Row, from_picture, to_picture
from mtss_desktop.store.schema import records as tables

Now = Callable[[], datetime]


@dataclass
class Picture:
    """A row before and after this step; None where it was not there."""

    kind: Kind[Any]
    row_id: str
    before: Row | None
    after: Row | None


@dataclass
class Step:
    """What the journal will write about this unit of work."""

    label: str = ""
    use_case: str = ""
    kind: str = "edit"
    undoes: int | None = None
    import_key: int | None = None
    merge_key: str | None = None
    touched: set[Touched] = field(default_factory=set)
    pictures: dict[tuple[str, str], Picture] = field(default_factory=dict)


class Work:
    """Handed to every question and use case. A use case never commits: whoever opened the work does.

    ``connection`` is for ``store`` alone (its queries and the ledger).
    """

    def __init__(
        self,
        connection: sa.Connection,
        *,
        now: Now,
        writable: bool,
        step: Step | None = None,
        room: Callable[[int], None] | None = None,
    ) -> None:
        self.connection = connection
        self._room = room
        self.writable = writable
        self.step = step or Step()
        self.seq = 0
        self._now = now
        self._about: dict[str, str] | None = None
        self._rules: Rules | None = None
        self.organizations = Records(self, kinds.ORGANIZATION)
        self.school_years = Records(self, kinds.SCHOOL_YEAR)
        self.calendars = Records(self, kinds.CALENDAR)
        self.days_without_school = Records(self, kinds.DAY_WITHOUT_SCHOOL)
        self.people = Records(self, kinds.PERSON)
        self.teams = Records(self, kinds.TEAM)
        self.team_years = Records(self, kinds.TEAM_YEAR)
        self.memberships = Records(self, kinds.MEMBERSHIP)
        self.team_links = Records(self, kinds.TEAM_LINK)
        self.team_decisions = Records(self, kinds.TEAM_DECISION)
        self.initiatives = Records(self, kinds.INITIATIVE)
        self.meetings = Records(self, kinds.MEETING)
        self.agenda_items = Records(self, kinds.AGENDA_ITEM)
        self.minutes_lines = Records(self, kinds.MINUTES_LINE)
        self.attendance = Records(self, kinds.MEETING_ATTENDANCE)
        self.checklist_marks = Records(self, kinds.CHECKLIST_MARK)
        self.problems = Records(self, kinds.PROBLEM)
        self.problem_reviews = Records(self, kinds.PROBLEM_REVIEW)
        self.solutions = Records(self, kinds.SOLUTION)
        self.solution_fidelities = Records(self, kinds.SOLUTION_FIDELITY)
        self.goals = Records(self, kinds.GOAL)
        self.actions = Records(self, kinds.ACTION)
        self.instrument_versions = Records(self, kinds.INSTRUMENT_VERSION)
        self.administrations = Records(self, kinds.ADMINISTRATION)
        self.ratings = Records(self, kinds.RATING)
        self.votes = Records(self, kinds.VOTE)
        self.evidence = Records(self, kinds.EVIDENCE)
        self.evidence_uses = Records(self, kinds.EVIDENCE_USE)
        self.responses = Records(self, kinds.RESPONSE)
        self.cycles = Records(self, kinds.CYCLE)
        self.strategy_notes = Records(self, kinds.STRATEGY_NOTE)
        self.drill_downs = Records(self, kinds.DRILL_DOWN)
        self.student_decisions = Records(self, kinds.STUDENT_DECISION)
        self.student_goals = Records(self, kinds.STUDENT_GOAL)
        self.measures = Records(self, kinds.MEASURE)
        self.levels = Records(self, kinds.LEVEL)
        self.level_tiers = Records(self, kinds.LEVEL_TIER)
        self.words = Records(self, kinds.WORD)
        self.imports = Records(self, kinds.IMPORT)
        self.saved_profiles = Records(self, kinds.SAVED_PROFILE)
        self.import_answers = Records(self, kinds.IMPORT_ANSWER)
        self.attachments = Records(self, kinds.ATTACHMENT)
        self.links = Records(self, kinds.LINK)
        self.rule_records = Records(self, kinds.RULE)

    # Clock and rules ---------------------------------------------------------------------------------------------------

    def today(self) -> date:
        """The day in the database's zone; the sample division's own fixed day where it has one."""
        fixed = self.rules.fixed_day
        return fixed if fixed is not None else self._now().astimezone(self._zone).date()

    def now(self) -> datetime:
        """UTC. What stamps carry; on a fixed day it is that day at this time of day, on the database's own clock."""
        moment = self._now().astimezone(self._zone)
        fixed = self.rules.fixed_day
        return (moment if fixed is None else datetime.combine(fixed, moment.timetz())).astimezone(UTC)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.rules.zone)

    @property
    def rules(self) -> Rules:
        if self._rules is None:
            self._rules = _read_rules(self.rule_records.list())
        return self._rules

    def change_rules(self, **changes: Any) -> Rules:
        """Journaled like any record; unknown names raise ``TypeError``."""
        known = {each.name for each in fields(Rules)}
        if not changes.keys() <= known:
            raise TypeError(f"no such rule: {sorted(changes.keys() - known)}")
        home = self.home_id
        for name, value in changes.items():
            text = json.dumps(value, default=str)
            found = self.rule_records.first(name=name)
            if found is None:
                self.rule_records.add(Rule(organization_id=home, name=name, value=text))
            else:
                self.rule_records.save(replace(found, value=text))
        self._rules = None
        return self.rules

    # The database about itself -----------------------------------------------------------------------------------------

    def about(self, name: str) -> str:
        """A line the database keeps about itself, "" where it has none."""
        if self._about is None:
            rows = self.connection.execute(sa.select(tables.about.c.name, tables.about.c.value))
            self._about = {row.name: row.value for row in rows}
        return self._about.get(name, "")

    def tell_about(self, name: str, value: str) -> None:
        """Not journaled: what is kept here is never what people typed."""
        self.must_write()
        self.connection.execute(tables.about.delete().where(tables.about.c.name == name))
        self.connection.execute(tables.about.insert().values(name=name, value=value))
        self._about = None

    @property
    def me(self) -> str:
        """The id of the person who uses this database, "" before that is known."""
        return self.about("me")

    @property
    def own_ids(self) -> tuple[str, ...]:
        """Under whom this person's steps and private records stand: what was made before anybody said who uses the database
        belongs to the one who said so."""
        return ("", self.me) if self.me else ("",)

    def is_mine(self, private_to: str | None) -> bool:
        """Whether a record is for everybody or this person's own."""
        return private_to is None or private_to in self.own_ids

    @property
    def home_id(self) -> str:
        """The division (or the only school) this database is about."""
        return self.about("home")

    # What changes ------------------------------------------------------------------------------------------------------

    def must_write(self) -> None:
        if not self.writable:
            raise RuntimeError("a question may not write")

    def need_room(self, size: int) -> None:
        """Before long work: raises ``StorageError`` where the disk has less than ``size`` bytes left. A server looks after its own."""
        if self._room is not None:
            self._room(size)

    def relabel(self, label: str) -> None:
        """What Undo will be called, where the use case can say it better than its own label."""
        self.step.label = label

    def merge_with(self, key: str) -> None:
        """Lets this step join the last one of the same key and person within 30 seconds (typing in one field)."""
        self.step.merge_key = key

    def touch(self, topic: Topic, record_id: str) -> None:
        """Tells screens about something that no picture shows (facts, counts)."""
        self.step.touched.add((topic, record_id))

    def pictured(self, kind: Kind[Any], before: Row | None, after: Row | None) -> None:
        row = after or before or {}
        key = (kind.table.name, row["id"])
        seen = self.step.pictures.get(key)
        if seen is None:
            self.step.pictures[key] = Picture(kind, row["id"], before, after)
        else:
            seen.after = after
        for each in (before, after):
            if each is not None:
                self.step.touched.add((kind.topic, str(each[kind.about])))
        if kind.table.name == "rule":
            self._rules = None
        self._keep_search_line(kind, row["id"], after)

    def _keep_search_line(self, kind: Kind[Any], record_id: str, row: Row | None) -> None:
        if not kind.search:
            return
        table = tables.search_line
        where = sa.and_(table.c.topic == kind.table.name, table.c.record_id == record_id)
        self.connection.execute(table.delete().where(where))
        words = fold(" ".join(str(row[name]) for name in kind.search if row[name])) if row else ""
        if row and words:
            self.connection.execute(
                table.insert().values(
                    topic=kind.table.name,
                    record_id=record_id,
                    organization_id=row["organization_id"],
                    private_to=row["private_to"],
                    about_id=str(row[kind.about]),
                    folded=words,
                )
            )

    def put_back(self, kind: Kind[Any], row_id: str, contents: Row | None) -> None:
        """Makes a row's contents what a picture shows: added, replaced or removed. For the journal."""
        records: Records[Record] = Records(self, kind)
        before = records.row(row_id)
        if contents is None:
            records.remove(row_id)
        elif before is None:
            records.add(from_picture(kind.record, contents))
        else:
            records.write_over(before, from_picture(kind.record, contents))

    def contents(self, kind: Kind[Any], row_id: str) -> Row | None:
        row = Records(self, kind).row(row_id)
        return None if row is None else to_picture(row)

    def changes(self, seq: int, origin: str = "here") -> ChangeSet:
        return ChangeSet(self.step.label, frozenset(self.step.touched), origin, seq)


def _read_rules(records: tuple[Rule, ...]) -> Rules:
    known = {each.name: each for each in fields(Rules)}
    values = {record.name: _rule_value(record) for record in records if record.name in known}
    return Rules(**values)


def _rule_value(record: Rule) -> Any:
    value = json.loads(record.value)
    if record.name == "fixed_day" and value:
        return date.fromisoformat(value)
    if record.name == "mode" and value:
        return Mode(value)
    if isinstance(value, list):
        return tuple(tuple(part) if isinstance(part, list) else part for part in value)
    return value
