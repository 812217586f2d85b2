"""Words of the room of look-fors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.rating_views import AdministrationLine, Head, Headline
from mtss_desktop.domain.ratings import AdministrationKind, AdministrationState, EvidenceKind
from mtss_desktop.domain.scoring import half_up

KINDS = {
    AdministrationKind.TEAM: "Team",
    AdministrationKind.ALONE: "One person",
    AdministrationKind.EXTERNAL: "From outside",
    AdministrationKind.PAPER: "From paper",
    AdministrationKind.WALKTHROUGH: "Walkthrough",
    AdministrationKind.SURVEY: "Survey",
}
ICONS = {
    EvidenceKind.FILE: "ph.paperclip",
    EvidenceKind.LINK: "ph.link-simple",
    EvidenceKind.MINUTES: "ph.chat-text",
    EvidenceKind.NOTE: "ph.text-align-left",
}


def percent_words(percent: Fraction) -> str:
    """Rounded half up only here: 49.5 is 50%."""
    return f"{int(half_up(percent))}%"


def mean_words(mean: Fraction) -> str:
    return f"{float(half_up(mean, 1)):.1f}"


def score_words(words: Words, score: Headline) -> str:
    """61%; 2.4; 14 of 20 points; "" where nothing can be said."""
    if score.percent is not None:
        return percent_words(score.percent)
    if score.mean is not None:
        return mean_words(score.mean)
    return ""


def month_words(words: Words, day: date) -> str:
    """4/2026."""
    return f"{day.month}/{day.year}"


def full_title(title: str, edition: str) -> str:
    """The version is told where there are several to be confused."""
    return f"{title} {edition}" if edition and edition != "1" else title


def home_sentence(words: Words, lines: Sequence[AdministrationLine], today: date) -> str:
    """2 are being rated. The newest result is of 10/16, Piney Ridge: 61%."""
    drafts = sum(line.state is AdministrationState.DRAFT for line in lines)
    told = []
    if drafts:
        told.append(words.say(said("{n} is being rated.", many="{n} are being rated.", count="n", n=drafts)))
    newest = next((line for line in lines if line.headline is not None), None)
    if newest is not None and newest.headline is not None:
        score = score_words(words, newest.headline)
        sentence = words("The newest result is of {day}, {place}").format(
            day=words.day(newest.held_on), place=newest.place
        )
        told.append(f"{sentence}: {score}." if score else f"{sentence}.")
    return " ".join(told) or words("Nothing is rated here yet.")


def state_words(words: Words, line: AdministrationLine) -> str:
    if line.state is AdministrationState.FINISHED:
        return words("Finished")
    if line.kind is AdministrationKind.SURVEY:
        return words("Open")
    return words("{n} of {all} rated").format(n=line.rated, all=line.of)


def who_words(words: Words, line: AdministrationLine) -> str:
    """Tier 1 team; R. Okafor, from outside; survey."""
    if line.kind is AdministrationKind.WALKTHROUGH:
        return line.setting or words(KINDS[line.kind])
    named = line.rater or line.team
    if line.kind is AdministrationKind.EXTERNAL and named:
        return words("{name}, from outside").format(name=named)
    return named or words(KINDS[line.kind])


def head_title(words: Words, head: Head) -> str:
    """School look-fors, fall visit."""
    title = full_title(head.title, head.edition)
    return f"{title}, {head.administration.name}" if head.administration.name else title


def head_sentence(words: Words, head: Head) -> str:
    """Holcomb Middle · Tier 1 team · Thu 2/12 · finished."""
    given = head.administration
    who = head.team or (words("rated by {name}").format(name=head.rater) if head.rater else "")
    if head.team and head.rater:
        who = words("rated by {name} with the {team}").format(name=head.rater, team=head.team)
    kind = "" if given.kind in (AdministrationKind.TEAM, AdministrationKind.ALONE) else words(KINDS[given.kind]).lower()
    state = words("finished") if given.state is AdministrationState.FINISHED else words("draft")
    return " · ".join(part for part in (head.place, given.setting, who, words.day(given.held_on), kind, state) if part)
