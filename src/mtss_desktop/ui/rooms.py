"""The rooms there are, in rail order. A room that is not built is not here."""

from __future__ import annotations

from mtss_desktop.ui.kit.pane import Pane


def panes() -> tuple[type[Pane], ...]:
    """Imported when the first window is made, not before."""
    from mtss_desktop.ui.panes.data.pane import DataPane
    from mtss_desktop.ui.panes.imports.pane import ImportsPane
    from mtss_desktop.ui.panes.lookfors.pane import LookforsPane
    from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
    from mtss_desktop.ui.panes.plans.pane import PlansPane
    from mtss_desktop.ui.panes.printing.pane import PrintingPane
    from mtss_desktop.ui.panes.schools.pane import SchoolsPane
    from mtss_desktop.ui.panes.teams.pane import TeamsPane
    from mtss_desktop.ui.panes.today.pane import TodayPane

    return (
        TodayPane,
        SchoolsPane,
        TeamsPane,
        MeetingsPane,
        PlansPane,
        LookforsPane,
        DataPane,
        ImportsPane,
        PrintingPane,
    )
