"""Layouts mapped by hand: kept, listed, given to others and taken from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.files import SavedProfile
from mtss_desktop.importing import mapped
from mtss_desktop.importing.profile import shipped_profiles
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.use_case import question, use_case


@dataclass(frozen=True)
class OwnLayout:
    """``takes`` is what such a file brings: scores, students …; ``revision`` rises with every change."""

    key: str
    name: str
    takes: str
    revision: int


@question("Layouts mapped by hand")
def own(work: Work) -> tuple[OwnLayout, ...]:
    """The layouts this database keeps, by name."""
    return tuple(
        OwnLayout(each.key, each.name, mapped.checked(each.text, each.name).takes, each.revision)
        for each in work.saved_profiles.list(order=("name",))
    )


@question("Layout as text")
def text(work: Work, key: str = "") -> str:
    """A layout as it is given to others, "" where there is none of that key. It holds headers and no cell of any file."""
    found = work.saved_profiles.first(key=key)
    return found.text if found is not None else ""


@use_case("Keep layout")
def keep(work: Work, content: str) -> str:
    """Keeps a layout, anew or in place of the one of the same name; returns its key. It is tried at every file to come.

    Raises ``UserError`` with the line of what is wrong in it.
    """
    profile = mapped.checked(content, "The layout")
    if any(profile.key == each.key for each in shipped_profiles()):
        raise UserError(
            f"“{profile.name}” is the name of a layout that comes with the program.", "Choose another name."
        )
    there = work.saved_profiles.first(key=profile.key)
    if there is None:
        work.saved_profiles.add(
            SavedProfile(organization_id=work.home_id, key=profile.key, name=profile.name, text=content)
        )
    elif there.text != content:
        work.saved_profiles.save(replace(there, name=profile.name, text=content, revision=there.revision + 1))
    return profile.key


@use_case("Remove layout")
def remove(work: Work, key: str) -> None:
    """What was brought in by it stays. Raises ``UserError`` where there is none of that key."""
    found = work.saved_profiles.first(key=key)
    if found is None:
        raise UserError(f"There is no layout “{key}”.", "mtss ask layouts.own lists them.")
    work.saved_profiles.remove(found.id)


def read_file(path: Path) -> str:
    """A colleague's layout. Raises ``UserError`` with file, line and what to write instead."""
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not a layout: it is not text.", "Choose a file that ends in .toml.") from None
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.", "Check that you may open it.") from None
    mapped.checked(content, path.name)
    return content


def write_file(path: Path, content: str) -> None:
    """Raises ``UserError`` where the file cannot be written."""
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path.name} cannot be written: {error.strerror}.", "Choose another folder.") from None
