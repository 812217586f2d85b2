"""What is said of the working-smarter matrix as a whole: its groups, its gaps, and the cells a finding speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.team_cards import AuditLine
from mtss_desktop.domain.team_matrix import Matrix, MatrixColumn, MatrixRow
from mtss_desktop.ui.panes.teams.matrix_cells import COLUMNS, GridRow, Key

_ASKED = (
    MatrixColumn.PURPOSE,
    MatrixColumn.OUTCOME_MEASURE,
    MatrixColumn.TARGET_GROUP,
    MatrixColumn.MEETS,
    MatrixColumn.DATA,
    MatrixColumn.DECISION_RULES,
    MatrixColumn.AUTHORITY,
    MatrixColumn.LINKED_GOAL,
    MatrixColumn.NORMS,
)
"""What is counted as not set, in the columns that are shown."""
_GROUPS = {0: "Leadership and other", 1: "Tier 1", 2: "Tier 2 and Tier 3", 3: "Tier 2 and Tier 3"}


def grouped(words: Words, rows: Sequence[MatrixRow], *, by_place: bool) -> list[GridRow]:
    """Captions and rows: by place in the whole division, by tier in one school."""
    made: list[GridRow] = []
    last = ""
    for each in rows:
        group = each.place if by_place else words(_GROUPS[each.tier])
        if group != last:
            made.append(GridRow(f"caption:{group}", group))
            last = group
        made.append(GridRow(each.team_id, row=each))
    return made


def cells_of(finding: AuditLine) -> list[Key]:
    """The cells a finding speaks of; the name where it speaks of the team as a whole."""
    columns = [MatrixColumn(name) for name in finding.fields] or [MatrixColumn.NAME]
    return [(team, column) for team in finding.team_ids for column in columns]


def matrix_sentence(words: Words, shown: Matrix) -> str:
    """Working-smarter matrix for Holcomb Middle: 12 teams, 34 people, 116 staff hours a month."""
    place = shown.place or words("the division")
    n = words.say(said("{n} team", many="{n} teams", count="n", n=len(shown.rows)))
    people = words.say(said("{n} person", many="{n} people", count="n", n=shown.people))
    hours = words.say(said("{n} staff hour a month", many="{n} staff hours a month", count="n", n=round(shown.hours)))
    return words("Working-smarter matrix for {place}: {teams}, {people}, {hours}").format(
        place=place, teams=n, people=people, hours=hours
    )


def totals(words: Words, rows: Sequence[MatrixRow], shown_columns: Sequence[int]) -> str:
    """14 teams, 3 cells not set."""
    asked = [COLUMNS[place] for place in shown_columns if COLUMNS[place] in _ASKED]
    empty = sum(not each.text(column) for each in rows for column in asked)
    n = said("{n} team", many="{n} teams", count="n", n=len(rows))
    gaps = said("{n} cell not set", many="{n} cells not set", count="n", n=empty)
    return f"{words.say(n)}, {words.say(gaps)}"
