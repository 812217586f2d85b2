"""Documents onto paper: asked for by name, laid out, written as tagged PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mtss_desktop.app.safekeeping import recovery_groups
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.usecases import papers, places
from mtss_desktop.usecases.papers import PaperKind, Scope

if TYPE_CHECKING:
    from mtss_desktop.documents.pdf import PdfResult

EVERYTHING = Scope()


def write(
    workspace: Workspace, name: str, target: Path, scope: Scope = EVERYTHING, progress: Progress | None = None
) -> PdfResult:
    """One document into a file, whole or not at all. Raises ``UserError`` for an unknown name or a scope without content."""
    from mtss_desktop.documents import pdf

    progress = progress or silent()
    progress.step("Gathering what the page says")
    document = workspace.ask(papers.make, name, scope=scope)
    return pdf.write_pdf(document, target, words=workspace.words(), progress=progress)


def write_all(
    workspace: Workspace, folder: Path, scope: Scope = EVERYTHING, progress: Progress | None = None
) -> Iterator[tuple[PaperKind, PdfResult]]:
    """Every document once, flat in a folder that is made where it is not there."""
    _make(folder)
    for kind in workspace.ask(papers.catalogue):
        yield kind, write(workspace, kind.name, folder / f"{kind.name}.pdf", scope, progress)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"The folder “{folder}” cannot be made.", "Choose another one.") from None


def recovery_sheet(workspace: Workspace, target: Path, progress: Progress | None = None) -> PdfResult:
    """The page that opens an encrypted file without its passphrase. Raises ``UserError`` for a file without a key."""
    from mtss_desktop.documents import pdf
    from mtss_desktop.documents import recovery_sheet as sheet

    groups = recovery_groups(workspace)
    if not groups:
        raise UserError("This database is not encrypted, so it needs no recovery sheet.")
    me = workspace.ask(places.me)
    facts = sheet.RecoveryFacts(
        workspace.location.name,
        groups,
        workspace.database.now().astimezone(),
        made_by=me.name if me is not None else "",
        owner=workspace.ask(places.rules).name,
    )
    return pdf.write_pdf(sheet.document(facts), target, words=workspace.words(), progress=progress)
