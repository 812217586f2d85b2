"""A recognized file's cells → what they mean: one entry per fact the file brings, still in the file's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mtss_desktop.base.progress import Progress
from mtss_desktop.importing.file_rows import FileRows
from mtss_desktop.importing.findings import (
    Understood,
)
from mtss_desktop.importing.recognize import Match
from mtss_desktop.importing.score_rows import ScoreRows, WideRows
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.student_rows import AbsenceGrid, AbsenceRows, IncidentRows, StudentRows

_READERS: Mapping[str, type[FileRows]] = {
    "scores": ScoreRows,
    "students": StudentRows,
    "incidents": IncidentRows,
    "absences": AbsenceRows,
}


def understand(
    sketch: Sketch,
    match: Match,
    *,
    today: date,
    progress: Progress,
    answers: Mapping[str, str] | None = None,
    others: Mapping[str, Sketch] | None = None,
) -> Understood:
    """Reads the columns the profile maps and cleans them. ``answers`` are to ``FileQuestion`` keys.

    An encoding that was told has to stand in the sketch (``look_again``). ``others`` are files of the same delivery by the key of
    their profile, for what the profile joins.
    """
    reader = _READERS.get(match.profile.takes, FileRows)
    if match.profile.unpivot is not None and reader is ScoreRows:
        reader = WideRows
    elif match.profile.unpivot is not None and reader is AbsenceRows:
        reader = AbsenceGrid
    return reader(sketch, match, today, progress, answers or {}, others or {}).read()
