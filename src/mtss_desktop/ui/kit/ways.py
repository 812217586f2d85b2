"""Ways into another room that several rooms offer, as (room, record id) for ``Pane.way_to``."""

from __future__ import annotations


def precise_problem(record_id: str) -> tuple[str, str]:
    """The builder of precise problems: of a school, or with the bars of a problem chosen."""
    return ("data", f"precise:{record_id}")


def table_of_levels(measure_key: int) -> tuple[str, str]:
    """Which tier each benchmark word of a measure asks for, and since when."""
    return ("imports", f"levels:{measure_key}")


def goal_of_problem(problem_id: str) -> tuple[str, str]:
    """The form in which a problem's goal is proposed, advised or typed."""
    return ("data", f"goal:{problem_id}")
