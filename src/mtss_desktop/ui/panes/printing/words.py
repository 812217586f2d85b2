"""Words of the room of paper: groups, names of choices, what was checked and for whom a page is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mtss_desktop.app.printing import Made, SchoolPaper, file_words
from mtss_desktop.base.words import Words, said
from mtss_desktop.documents.blocks import Audience, FooterClass, Paper
from mtss_desktop.documents.pages import Checks
from mtss_desktop.domain.rating_views import AdministrationLine
from mtss_desktop.domain.ratings import AdministrationKind, AdministrationState
from mtss_desktop.usecases.papers import Needs, PaperKind
from mtss_desktop.usecases.series import MeetingLine

PACKET = "walk-in-packet"
FORM = "instrument-form"
TREND = "instrument-trend"
ROLL_UP = "division-roll-up"
GROUPS = ("Meetings", "Teams", "Look-fors", "Evidence", "Coaching")
FORMS_OF_MEETINGS = ("minutes-blank", "agenda-blank")
"""Filled in by hand at a meeting: who looks for them looks there, whatever they are printed with."""
PAPERS = (
    ("", "As designed"),
    (Paper.LETTER.value, "Letter, upright"),
    (Paper.LETTER_LANDSCAPE.value, "Letter, sideways"),
    (Paper.LEGAL_LANDSCAPE.value, "Legal, sideways"),
    (Paper.TABLOID_LANDSCAPE.value, "11 × 17, sideways"),
    (Paper.A4.value, "A4, upright"),
)
_ICONS = {
    "walk-in-packet": "ph.chat-text",
    "agenda": "ph.list",
    "minutes": "ph.text-align-left",
    "minutes-confidential": "ph.lock-simple",
    "team-structure": "ph.users",
    "team-profile": "ph.user",
    "memorandum-of-agreement": "ph.note-pencil",
    "coaching-summary": "ph.notebook",
}
_FOR_WHOM = {
    Audience.TEAM: "For the team, internal.",
    Audience.LEADERS: "For leaders, internal.",
    Audience.FAMILY: "For the family.",
    Audience.PUBLIC: "For everyone: may leave the schools.",
}
_LONGEST_ABOUT = 60
"""Letters; a sentence of the header has one line in the smallest window."""
_CLOSED = {FooterClass.CONFIDENTIAL, FooterClass.SECRET}


def group_of(kind: PaperKind) -> str:
    """Where a document stands in the list."""
    if Needs.INSTRUMENT in kind.takes or Needs.RATING in kind.takes or kind.name == ROLL_UP:
        return "Look-fors"
    if Needs.MEETING in kind.takes or kind.name in FORMS_OF_MEETINGS:
        return "Meetings"
    if Needs.STUDENT in kind.takes or kind.name.startswith(("data", "behavior")):
        return "Evidence"
    return "Coaching" if Needs.PERIOD in kind.takes else "Teams"


def icon_of(kind: PaperKind) -> str:
    usual = "ph.chart-line" if group_of(kind) == "Evidence" else "ph.file"
    if group_of(kind) == "Look-fors":
        usual = "ph.clipboard-text" if kind.name == FORM else "ph.checks"
    return _ICONS.get(kind.name, usual)


def looks_back(kind: PaperKind) -> bool:
    """Minutes are of a meeting that was; all else is of one to come."""
    return kind.name.startswith("minutes")


def meeting_words(words: Words, meeting: MeetingLine) -> str:
    """Tue 11/17/2026, Tier 1 team, Holcomb."""
    return f"{words.date(meeting.day)}, {meeting.team}, {meeting.place}"


def fits(kind: PaperKind, line: AdministrationLine) -> bool:
    """Whether a rating can be what a document is about: visits are read together, surveys have a page of their own."""
    match kind.name:
        case "walkthrough-summary":
            return line.kind is AdministrationKind.WALKTHROUGH
        case "survey-result":
            return line.kind is AdministrationKind.SURVEY
        case "practice-profile":
            return line.headline is not None and line.headline.percent is None and line.headline.mean is None
    return line.kind not in (AdministrationKind.WALKTHROUGH, AdministrationKind.SURVEY)


def rating_words(words: Words, line: AdministrationLine) -> str:
    """10/29/2026, Tiered Fidelity Inventory 3.0, Tier 1 team, Holcomb."""
    whose = ", ".join(part for part in (line.team, line.place) if part)
    text = f"{words.write(line.held_on, 'date')}, {line.title} {line.edition}, {whose}"
    return text if line.state is AdministrationState.FINISHED else words("{rating} (draft)").format(rating=text)


def for_whom(words: Words, made: Made) -> str:
    """Confidential. For the members of this team only."""
    paper = made.document
    if paper.footer_class in _CLOSED:
        rest = words.say(paper.restriction) or words(_FOR_WHOM[made.scope.audience])
        return f"{words('Confidential.')} {rest}"
    return words(_FOR_WHOM[made.scope.audience])


def is_closed(made: Made) -> bool:
    return made.document.footer_class in _CLOSED


def checked_words(words: Words, checks: Checks) -> str:
    """What the pages were measured for, in two short sentences."""
    if checks.faint:
        pages = words.listed([words.number(each) for each in checks.faint])
        ink = words("A color is faint in black and white on page {pages}.").format(pages=pages)
    else:
        ink = words("Reads well in black and white.") if checks.colored else words("Black and gray only.")
    tags = words("Tagged for screen readers.") if checks.tagged else words("Not tagged for screen readers.")
    return f"{ink} {tags}"


def size_words(words: Words, made: Made) -> str:
    """8 pages on 4 sheets."""
    count = len(made.sizes)
    pages = words.say(said("{n} page", many="{n} pages", count="n", n=count))
    sheets = (count + 1) // 2 if made.document.two_sided else count
    if sheets == count:
        return pages
    on = words.say(said("{n} sheet", many="{n} sheets", count="n", n=sheets))
    return words("{pages} on {sheets}").format(pages=pages, sheets=on)


def header_words(words: Words, made: Made) -> str:
    """What it is about, and how much paper it takes."""
    paper = made.document
    title, subtitle = words.say(paper.title), words.say(paper.subtitle)
    about = f"{title}, {subtitle}" if subtitle else title
    if len(about) > _LONGEST_ABOUT and subtitle:
        about = subtitle
    return f"{about} · {size_words(words, made)}"


def file_name(made: Made, place: str, day: date) -> str:
    """``walk-in-packet-holcomb-2026-11-17.pdf``: the kind, the place or team, the day. Never a person."""
    parts = (made.name, file_words(place), day.isoformat())
    return "-".join(part for part in parts if part) + ".pdf"


def saved_words(words: Words, done: Sequence[SchoolPaper]) -> str:
    """3 papers saved in the folder. Left out: Piney Ridge (no team yet)."""
    saved = sum(each.path is not None for each in done)
    start = words.say(
        said("{n} paper saved in the folder.", many="{n} papers saved in the folder.", count="n", n=saved)
    )
    left = [f"{each.school.short_name} ({each.problem.rstrip('.')})" for each in done if each.path is None]
    return f"{start} {words('Left out:')} {', '.join(left)}." if left else start
