"""The sample division in a new database, and the demo: that database with its papers in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mtss_desktop.app import opening, sample_sheets
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import DamagedFile, StorageError, UserError, WrongKey
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store import lock
from mtss_desktop.store.database import Database
from mtss_desktop.store.work import Step
from mtss_desktop.usecases import places, teams

FILE_NAME = "ashby-county.mtss"
PACKET_TEAM = "hm-t1"
PAPERS = ("walk-in-packet", "coaching-summary", "team-structure")


@dataclass(frozen=True)
class Demo:
    """``lines`` say what was done, for people."""

    database: str
    passphrase: str
    papers: tuple[str, ...]
    lines: tuple[str, ...]


def passphrase() -> str:
    """The sample's own, fixed and printed: it protects invented people only."""
    return str(sample_sheets.sheet("division")["sample"]["passphrase"])


def make_sample(path: Path, *, secret: str | None = None, progress: Progress | None = None) -> Workspace:
    """Builds the sample division in a new file and leaves it open. ``secret`` None takes its own passphrase, "" makes a plain file.

    Raises ``StorageError`` where the file cannot be made; a failure or ``Cancelled`` leaves nothing behind.
    """
    progress = progress or silent()
    division = sample_sheets.sheet("division")
    chosen = passphrase() if secret is None else secret
    first = sample_sheets.first_facts(division)
    workspace = opening.create(path, passphrase=chosen or None, first=first).workspace
    file = workspace.location.file
    try:
        sample_sheets.fill(workspace, division, progress)
        _begin_here(workspace.database)
    except BaseException:
        workspace.close()
        opening.remove(file)
        raise
    return workspace


def _begin_here(db: Database) -> None:
    """What made the sample is history to read: the first thing Undo takes back is the person's own."""
    with db.write(Step("Make the sample division", "demo.make_sample", "start")) as work:
        work.touch(Topic.ORGANIZATIONS, work.home_id)
    db.seal()


def make_demo(folder: Path, progress: Progress | None = None) -> Demo:
    """The sample division and three documents about it. A sample of an earlier demo is made anew; any other file there is left alone."""
    progress = progress or silent()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"The folder “{folder}” cannot be made.", "Choose another one.") from None
    file = folder / FILE_NAME
    _clear(file)
    with make_sample(file, progress=progress) as workspace:
        lines = [f"Made the sample division: {file}", f"Its passphrase is: {passphrase()}", *_what_is_in_it(workspace)]
        made = _papers(workspace, folder, progress)
    for path, pages in made:
        lines.append(ENGLISH.say(said("Wrote {file}, {n} page.", many="Wrote {file}, {n} pages.", count="n",
                                      file=str(path), n=pages)))  # fmt: skip
    return Demo(str(file), passphrase(), tuple(str(path) for path, _ in made), tuple(lines))


def _clear(file: Path) -> None:
    """Takes an earlier sample away. Raises ``UserError`` for a file that is not the sample, or is in use."""
    if not file.exists():
        return
    try:
        opened = opening.open_workspace(file, passphrase=passphrase(), read_only=True)
    except (WrongKey, DamagedFile):
        raise UserError(f"“{file}” is there already and is not the sample.", "Choose another folder.") from None
    except StorageError as error:  # such as a sample of an unfinished version
        raise UserError(error.message, "Take it away, or choose another folder.") from None
    with opened.workspace as workspace:
        if workspace.ask(places.rules).fixed_day is None:
            raise UserError(f"“{file}” is there already and is not the sample.", "Choose another folder.")
    with lock.take(opening.at(file)):
        opening.remove(file)


def _what_is_in_it(workspace: Workspace) -> list[str]:
    schools = len(workspace.ask(places.places)) - 1
    steps = workspace.history(1)[0].seq
    words = said(
        "{schools} schools, {teams} teams, built in {steps} steps, each of which history shows.",
        schools=schools,
        teams=len(workspace.ask(teams.cards)),
        steps=steps,
    )
    return [ENGLISH.say(words)]


def _papers(workspace: Workspace, folder: Path, progress: Progress) -> list[tuple[Path, int]]:
    from mtss_desktop.app import printing
    from mtss_desktop.usecases import papers

    scope = papers.Scope(team=_packet_team(workspace))
    found = []
    for kind in (kind for kind in papers.kinds() if kind.name in PAPERS):
        target = folder / f"{kind.name}.pdf"
        wanted = scope if papers.Needs.TEAM in kind.takes else papers.Scope()
        found.append((target, printing.write(workspace, kind.name, target, wanted, progress).pages))
    return found


def _packet_team(workspace: Workspace) -> TeamId:
    """The team whose next meeting the packet is for."""
    sheet = next(team for team in sample_sheets.sheet("teams")["teams"] if team["key"] == PACKET_TEAM)
    code = sheet["place"]
    school = next(each for each in sample_sheets.sheet("division")["schools"] if each["code"] == code)
    place_id = next(place.id for place in workspace.ask(places.places) if place.name == school["name"])
    return next(team.id for team in workspace.ask(teams.cards, place_id=place_id) if team.name == sheet["name"])
