"""Ratings and survey answers from files: what is here already, and writing what a plan shows as finished administrations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.ratings import (
    Administration,
    AdministrationKind,
    AdministrationState,
    KeptScore,
    Response,
    VersionState,
)
from mtss_desktop.domain.scoring import Answer
from mtss_desktop.importing.known_lists import KnownLists
from mtss_desktop.importing.list_plan import Entry
from mtss_desktop.importing.matching import KnownSchool
from mtss_desktop.importing.rating_entries import shuffled
from mtss_desktop.importing.rating_rows import KnownInstrument
from mtss_desktop.importing.rating_totals import most_points
from mtss_desktop.packs import instruments as packs
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_giving as giving
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.import_lists import known_lists


def known_ratings(work: Work, schools: tuple[KnownSchool, ...]) -> KnownLists:
    """What lists know, with every instrument that can rate and what was rated with them."""
    own = work.instrument_versions.list(state=VersionState.READY)
    keys = {each.key for each in packs.shipped()}
    known = [KnownInstrument(each.key, each) for each in packs.shipped()]
    known += [KnownInstrument(each.id, scores.read(each.key, each.content)) for each in own if each.key not in keys]
    heads = [each.head for each in queries.found(work)]
    rated: dict[tuple[str, str, date], frozenset[str]] = {}
    for each in heads:
        key = (each.administration.organization_id, each.key, each.administration.held_on)
        rated[key] = rated.get(key, frozenset()) | {fold(each.administration.rater)}
    return replace(known_lists(work, schools), instruments=tuple(known), rated=rated, today=work.today())


def write_ratings(work: Work, takes: str, entries: tuple[Entry, ...]) -> None:
    """One finished administration for each row of ratings; one for all answers of a place to a survey."""
    label = work.step.label
    if takes == "ratings":
        for entry in entries:
            _totals(work, entry) if entry.totals else _rating(work, entry)
    else:
        surveys: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            surveys.setdefault((entry.place or work.home_id, entry.instrument), []).append(entry)
        for answers in surveys.values():
            _survey(work, answers)
    work.relabel(label)


def _administration(work: Work, entry: Entry, kind: AdministrationKind) -> tuple[Administration, Instrument]:
    version = scores.ready_version(work, entry.instrument)
    days = [entry.from_day] if entry.from_day is not None else [work.today()]
    record = work.administrations.add(
        Administration(
            organization_id=OrganizationId(entry.place or work.home_id),
            instrument_id=version.id,
            held_on=max(days),
            kind=kind,
            rater=entry.rater,
        )
    )
    return record, scores.asked_of(work, record)


def _rating(work: Work, entry: Entry) -> None:
    record, instrument = _administration(work, entry, AdministrationKind.TEAM)
    asked = {item.number for item in instrument.items}
    for number, values in entry.marks:
        if number in asked:
            giving.give(work, record, instrument, number, Answer(values, applies=bool(values)))
    rated = {number for number, _ in entry.marks}
    touched = tuple(each.key for each in instrument.whole_sections if rated & set(each.items))
    sections = touched if len(touched) < len(instrument.whole_sections) else ()
    _finish(work, replace(record, sections=sections))


def _totals(work: Work, entry: Entry) -> None:
    """Scores somebody else reckoned: kept as they are, beside the place's own ratings, without a single item."""
    record, instrument = _administration(work, entry, AdministrationKind.EXTERNAL)
    given = {each.key: each for each in entry.totals}
    whole = [each.key for each in instrument.whole_sections]
    kept = tuple(
        KeptScore(
            each.key, each.points, most_points(instrument, each.key) if each.points else 0, 0, 0, 0, str(each.percent)
        )
        for each in given.values()
    )
    sections = tuple(key for key in whole if key in given) if "total" not in given else ()
    record = replace(
        record,
        name="totals only",
        sections=sections if len(sections) < len(whole) else (),
        state=AdministrationState.FINISHED,
        finished_at=work.now(),
        scores=kept,
    )
    verdicts = scores.verdicts(instrument, scores.from_totals(instrument, record), record)
    met = tuple(
        None if any(one.at_most_missed is not None for one in each.conditions) else verdict  # items were not told
        for each, verdict in zip(instrument.criteria, verdicts, strict=True)
    )
    work.administrations.save(replace(record, met=met))


def _survey(work: Work, answers: list[Entry]) -> None:
    """Dated by the last answer; in an order that has nothing to do with who answered first."""
    last = max(answers, key=lambda each: str(each.from_day))
    record, _ = _administration(work, last, AdministrationKind.SURVEY)
    for entry in shuffled(answers):
        work.responses.add(
            Response(
                organization_id=record.organization_id,
                administration_id=record.id,
                answers={number: values[0] for number, values in entry.marks if values},
                comment=entry.comment,
            )
        )
    _finish(work, record)


def _finish(work: Work, record: Administration) -> None:
    instrument, result = scores.result_of(work, record)
    work.administrations.save(
        replace(
            record,
            state=AdministrationState.FINISHED,
            finished_at=work.now(),
            scores=scores.kept(result),
            met=scores.verdicts(instrument, result, record),
        )
    )
