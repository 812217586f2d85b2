"""Notices a whole older file in the place of the newer one, by what this person's computer saw of it last."""

from __future__ import annotations

import time

from mtss_desktop.base.words import Said, said
from mtss_desktop.store import journal, seen
from mtss_desktop.store.database import Database
from mtss_desktop.store.seen import Behind
from mtss_desktop.store.work import Work

EVERY = 60.0
"""Seconds between two notes while people work; opening and closing note in any case."""


class LastSeen:
    """``behind`` is set where steps that were seen here are not in the file. Nothing is noted then until ``accept``:
    whoever closes the window without an answer is asked again."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._noted = 0.0
        with db.read() as work:
            self._id = work.about("id")
            self.behind = self._look(work)

    def _look(self, work: Work) -> Behind | None:
        known, now = seen.last(self._id), journal.head(work)
        if known is None or journal.holds(work, known):
            return None
        return Behind(max(0, known.seq - (now.seq if now else 0)), known.at)

    def sentence(self) -> Said | None:
        """What is missing and what to do, None where all is there."""
        found = self.behind
        if found is None:
            return None
        if not found.missing:
            return said(
                "This is another copy of the file: what was done in it on this computer up to {when} is not here. "
                "Look for the file with that work, or restore its newest backup. Carry on if you mean to use this copy.",
                when=found.until.astimezone(),
            )
        return said(
            "This is an older copy of the file: the last change made on this computer, of {when}, is not in it. "
            "Look for the newer file, or restore its newest backup. Carry on if you put the older one back on purpose.",
            many="This is an older copy of the file: the last {n} changes made on this computer, up to {when}, are not "
            "in it. Look for the newer file, or restore its newest backup. Carry on if you put the older one back on "
            "purpose.",
            count="n",
            n=found.missing,
            when=found.until.astimezone(),
        )

    def accept(self) -> None:
        """The person means this file: from here on it is the one that is known."""
        self.behind = None
        self.note()

    def note(self) -> None:
        """Remembers how far the file is now, unless it is behind and nobody said that this is meant."""
        if self.behind is not None or not self._id:
            return
        with self._db.read() as work:
            head = journal.head(work)
        if head is not None:
            seen.note(self._id, head)
        self._noted = time.monotonic()

    @property
    def is_due(self) -> bool:
        return time.monotonic() - self._noted > EVERY
