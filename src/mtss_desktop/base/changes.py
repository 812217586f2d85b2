"""What changed, said once to everyone who wants to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What screens subscribe to. One topic per kind of record, and a few for sets of facts."""

    ORGANIZATIONS = "organizations"
    CALENDAR = "calendar"
    PEOPLE = "people"
    STUDENTS = "students"
    TEAMS = "teams"
    MEETINGS = "meetings"
    PROBLEMS = "problems"
    GOALS = "goals"
    ACTIONS = "actions"
    INSTRUMENTS = "instruments"
    RATINGS = "ratings"
    EVIDENCE = "evidence"
    CYCLES = "cycles"
    WORDS = "words"
    IMPORTS = "imports"
    SCORES = "scores"
    BEHAVIOR = "behavior"
    ATTENDANCE = "attendance"
    FILES = "files"
    RULES = "rules"


Touched = tuple[Topic, str]


@dataclass(frozen=True)
class ChangeSet:
    """One step's effect: ``touched`` are (topic, record id) pairs; ``origin`` is "here" or "elsewhere"."""

    label: str
    touched: frozenset[Touched] = frozenset()
    origin: str = "here"
    step: int = 0

    @property
    def topics(self) -> frozenset[Topic]:
        return frozenset(topic for topic, _ in self.touched)

    def ids(self, topic: Topic) -> frozenset[str]:
        return frozenset(record_id for touched, record_id in self.touched if touched == topic)

    def concerns(self, topics: Iterable[Topic]) -> bool:
        return not self.topics.isdisjoint(topics)


Listener = Callable[[ChangeSet], None]


class ChangeFeed:
    """Listeners are called in the thread that publishes, in the order they joined."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns the function that ends the subscription."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def publish(self, changes: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            listener(changes)
