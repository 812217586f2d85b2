"""Documents onto paper: asked for by name, laid out, written as tagged PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mtss_desktop.app.safekeeping import recovery_groups, sheet_number
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import StorageError, UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.usecases import papers, places
from mtss_desktop.usecases.papers import PaperKind, Scope
from mtss_desktop.usecases.places import Place

if TYPE_CHECKING:
    from mtss_desktop.documents.blocks import Document
    from mtss_desktop.documents.pages import Checks, PageSize
    from mtss_desktop.documents.pdf import PdfResult

EVERYTHING = Scope()


@dataclass(frozen=True)
class Made:
    """A finished paper in memory: what it was made of, its blocks, its PDF and the size of every page."""

    name: str
    scope: Scope
    document: Document
    data: bytes
    sizes: tuple[PageSize, ...]


@dataclass(frozen=True)
class SchoolPaper:
    """One of many: where it went, or why there is none."""

    school: Place
    path: Path | None = None
    problem: str = ""


def made(workspace: Workspace, name: str, scope: Scope = EVERYTHING, progress: Progress | None = None) -> Made:
    """A document as pages in memory. Raises ``UserError`` for an unknown name or a scope without content."""
    from mtss_desktop.documents import pages, pdf

    progress = progress or silent()
    progress.step("Gathering what the page says")
    document = workspace.ask(papers.make, name, scope=scope)
    data = pdf.pdf_bytes(document, words=workspace.words(), progress=progress)
    return Made(name, scope, document, data, pages.sizes(data))


def checked(paper: Made) -> Checks:
    """Whether the pages read in black and white and are tagged; measured on the pages themselves."""
    from mtss_desktop.documents import pages

    return pages.checked(paper.data)


def save(paper: Made, target: Path) -> Path:
    """The very pages that were looked at, whole or not at all. Raises ``UserError`` for trouble with the disk."""
    from mtss_desktop.documents import pdf

    pdf.save(paper.data, target)
    return target


def html(workspace: Workspace, paper: Made) -> str:
    """The paper as formatted text with its figures as pictures, for the clipboard."""
    from mtss_desktop.documents import html as writer

    return writer.html(paper.document, words=workspace.words(), picture=figure_png)


def figure_png(figure: Figure, words: Words) -> bytes:
    """A figure as it stands on paper, as a picture."""
    from mtss_desktop.documents import pages, pdf_figure
    from mtss_desktop.documents.style import house_style

    return pages.png(pdf_figure.alone(figure, words, house_style()))


def formatted(workspace: Workspace, name: str, scope: Scope = EVERYTHING) -> str:
    """A document as one HTML page, as a word processor opens it; no page is laid out for it."""
    from mtss_desktop.documents import html as writer

    return writer.html(workspace.ask(papers.make, name, scope=scope), words=workspace.words())


def write_html(workspace: Workspace, name: str, target: Path, scope: Scope = EVERYTHING) -> Path:
    """The formatted text as a file, whole or not at all. Raises ``UserError`` for trouble with the disk."""
    from mtss_desktop.documents import html as writer
    from mtss_desktop.documents import pdf

    document = workspace.ask(papers.make, name, scope=scope)
    pdf.save(writer.file(document, words=workspace.words()).encode("utf-8"), target)
    return target


def write_for_schools(
    workspace: Workspace,
    name: str,
    schools: Sequence[Place],
    folder: Path,
    scope: Scope = EVERYTHING,
    progress: Progress | None = None,
) -> tuple[SchoolPaper, ...]:
    """One file for each school. No file that is there is replaced; a school without content does not stop the others."""
    progress = progress or silent()
    done: list[SchoolPaper] = []
    for number, school in enumerate(schools):
        progress.step("Saving papers", number, len(schools), "schools")
        try:
            paper = made(workspace, name, replace(scope, school=school.id))
        except UserError as error:
            done.append(SchoolPaper(school, problem=error.message))
            continue
        done.append(SchoolPaper(school, save(paper, _free(folder, f"{name}-{file_words(school.short_name)}"))))
    return tuple(done)


def file_words(text: str) -> str:
    """Words as a part of a file name that every system takes."""
    parts = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    return "-".join(parts)


def _free(folder: Path, stem: str) -> Path:
    path, number = folder / f"{stem}.pdf", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.pdf", number + 1
    return path


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
) -> Iterator[tuple[PaperKind, PdfResult | UserError]]:
    """Every document once, flat in a folder that is made where it is not there; one that has nothing to say yet says why."""
    from mtss_desktop.documents import pdf

    _make(folder)
    for kind in workspace.ask(papers.catalogue):
        try:
            document = workspace.ask(papers.make, kind.name, scope=scope)
        except StorageError:
            raise
        except UserError as error:
            yield kind, error
        else:
            yield kind, pdf.write_pdf(document, folder / f"{kind.name}.pdf", words=workspace.words(), progress=progress)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"The folder “{folder}” cannot be made.", "Choose another one.") from None


def recovery_sheet(workspace: Workspace, target: Path, progress: Progress | None = None) -> PdfResult:
    """The page that opens an encrypted file without its passphrase. Raises ``UserError`` for a file without a key."""
    from mtss_desktop.documents import pdf

    return pdf.write_pdf(recovery_document(workspace), target, words=workspace.words(), progress=progress)


def recovery_document(workspace: Workspace) -> Document:
    """The recovery sheet as blocks, for a file and for the printer. Raises ``UserError`` for a file without a key."""
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
        sheet=sheet_number(workspace),
    )
    return sheet.document(facts)
