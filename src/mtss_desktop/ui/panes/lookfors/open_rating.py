"""What is done with the administration that is open: each act is one use case, and says in its place what could not be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.minutes_words import read_date
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.ratings import AdministrationId, AdministrationKind, AdministrationState
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.panes.lookfors.card_actions import ActionWish
from mtss_desktop.ui.panes.lookfors.reading import Opened
from mtss_desktop.ui.panes.lookfors.showing import Given
from mtss_desktop.usecases import rating_surveys, rating_votes, ratings

Refused = Callable[[str], None]


class OpenRating:
    """Holds what was read and does what is asked; ``opened`` is None while nothing is open."""

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self.opened: Opened | None = None

    @property
    def id(self) -> AdministrationId:
        assert self.opened is not None
        return self.opened.sheet.head.administration.id

    @property
    def is_survey(self) -> bool:
        kind = self.opened.sheet.head.administration.kind if self.opened is not None else None
        return kind is AdministrationKind.SURVEY

    @property
    def is_finished(self) -> bool:
        return self.opened is not None and self.opened.sheet.head.administration.state is AdministrationState.FINISHED

    @property
    def can_reopen(self) -> bool:
        return self.is_finished and not self.has_only_totals

    @property
    def has_only_totals(self) -> bool:
        return self.opened is not None and self.opened.sheet.head.administration.only_totals

    @property
    def unrated(self) -> int:
        """Items nobody rated; a survey has none, its people leave open what they want."""
        if self.is_survey:
            return 0
        return self.opened.sheet.of - self.opened.sheet.rated if self.opened is not None else 0

    def why_not(self) -> str:
        """Why no rating can be changed here, "" where it can."""
        words = self._pane.words
        if not self._pane.workspace.can_write:
            return words("This database is open for reading only.")
        return words("This rating is finished. Open it again to change it.") if self.is_finished else ""

    def names(self) -> list[str]:
        return [person.name for person in self.opened.people] if self.opened is not None else []

    # -- acts ---------------------------------------------------------------------------------------------------------

    def _do(self, use_case: Callable[..., Any], refused: Refused, **arguments: Any) -> None:
        then: Callable[[Done[Any]], None] | None = arguments.pop("then", None)
        said: str = arguments.pop("said", "")

        def fail(error: Exception) -> None:
            if not isinstance(error, UserError):
                self._pane.failed(error)
            else:
                refused(str(error))

        self._pane.do(use_case, then=then, fail=fail, said=said, administration_id=self.id, **arguments)

    def rate(self, item: str, given: Given, refused: Refused) -> None:
        """What was pressed; nothing pressed is unanswered again, which is not zero."""
        if not given.is_rated:
            self._do(ratings.clear, refused, item=item)
        else:
            self._do(ratings.rate, refused, item=item, values=given.values, applies=given.applies)

    def note(self, item: str, text: str, saved: Callable[[str, str], None], refused: Refused) -> None:
        self._do(ratings.note, refused, then=lambda _: saved(item, text.strip()), item=item, text=text)

    def tally(self, item: str, by: int, refused: Refused) -> None:
        self._do(ratings.tally, refused, item=item, by=by)

    def watched(self, minutes: float, refused: Refused) -> None:
        if not self.is_finished:
            self._do(ratings.change, refused, minutes_watched=minutes)

    def make_action(self, wish: ActionWish, made: Callable[[], None], refused: Refused) -> None:
        """Owner by name, day as typed; what nobody knows is said and nothing is made."""
        words, opened = self._pane.words, self.opened
        assert opened is not None
        owner = self._owner(wish.owner)
        if wish.owner and owner is None:
            refused(words("Nobody here is called {name}. Choose a name from the list.").format(name=wish.owner))
            return
        found = read_date(wish.due, 0, opened.today) if wish.due else None
        if wish.due and (found is None or found[0] != len(wish.due) or found[1].day is None):
            refused(words("“{text}” is not a date. Type 12/15, fri or +2w.").format(text=wish.due))
            return
        self._do(
            ratings.make_action,
            refused,
            then=lambda _: made(),
            said=words("Action made for {item}").format(item=wish.item),
            item=wish.item,
            text=wish.text,
            owner_id=owner,
            due_on=found[1].day if found is not None else None,
        )

    def _owner(self, typed: str) -> PersonId | None:
        people = self.opened.people if self.opened is not None else ()
        same = [person for person in people if fold(person.name) == fold(typed)]
        near = same or [person for person in people if fold(typed) in fold(person.name)]
        return near[0].id if typed and len(near) == 1 else None

    # -- survey forms -------------------------------------------------------------------------------------------------

    def add_form(self, given: dict[str, str], comment: str, kept: Callable[[], None], refused: Refused) -> None:
        """What one person answered on paper, by item; what is not in it was left open."""
        assert self.opened is not None
        answers = tuple(given.get(item.number, "") for item in self.opened.sheet.items)
        said = self._pane.words("The form is kept")
        self._do(
            rating_surveys.add_response, refused, then=lambda _: kept(), said=said, answers=answers, comment=comment
        )

    def take_form_off(self, then: Callable[[], None], refused: Refused) -> None:
        said = self._pane.words("The last form is taken off")
        self._do(rating_surveys.remove_response, refused, then=lambda _: then(), said=said)

    # -- votes --------------------------------------------------------------------------------------------------------

    def open_vote(self, item: str, seats: int, minutes: int, refused: Refused) -> None:
        self._do(rating_votes.open_vote, refused, item=item, seats=seats, minutes=minutes or None)

    def cast(self, item: str, seat: int, value: int | None, landed: Callable[[], None], refused: Refused) -> None:
        self._do(rating_votes.cast, refused, then=lambda _: landed(), item=item, seat=seat, value=value)

    def reveal(self, item: str, refused: Refused) -> None:
        self._do(rating_votes.reveal, refused, item=item)

    def vote_again(self, item: str, seats: int, minutes: int, refused: Refused) -> None:
        self._do(rating_votes.vote_again, refused, item=item, seats=seats, minutes=minutes or None)

    def agree(self, item: str, value: int | None, way: AgreedBy, note: str, refused: Refused) -> None:
        self._do(rating_votes.agree, refused, item=item, value=value, agreed_by=way, note=note)

    def finish(self, then: Callable[[], None], refused: Refused) -> None:
        said = self._pane.words("The rating is finished")
        self._do(ratings.finish, refused, then=lambda _: then(), said=said)

    def reopen(self, then: Callable[[], None], refused: Refused) -> None:
        self._do(ratings.reopen, refused, then=lambda _: then(), said=self._pane.words("The rating is open again"))

    def remove(self, administration_id: AdministrationId, then: Callable[[], None]) -> None:
        """With everything given in it; the quiet line offers the way back."""
        said = self._pane.words("The rating is removed")
        self._pane.do(ratings.remove, then=lambda _: then(), said=said, administration_id=administration_id)

    def refuse(self, words: str) -> None:
        """In the status strip, where no place of its own is open."""
        self._pane.noticed.emit(Notice(words, tone="danger"))
