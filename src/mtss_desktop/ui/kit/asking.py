"""The system's own dialogs behind one small door, so that tests answer them without a window."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from mtss_desktop.base.paths import completed

DATABASES = "MTSS databases (*.mtss)"
PDFS = "PDF (*.pdf)"
TABLES = "Tables and ZIPs (*.csv *.txt *.tsv *.tab *.xlsx *.xlsm *.xls *.ods *.zip);;All files (*)"


class Asking(Protocol):
    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None: ...

    def which_file(self, parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None: ...

    def which_files(self, parent: QWidget, title: str, folder: Path, kinds: str) -> tuple[Path, ...]: ...

    def view(self, file: Path) -> bool: ...


class SystemDialogs:
    """Asks with the system's file dialogs, and shows files with its programs."""

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
        return completed(Path(name), suggested.suffix) if name else None  # not every system's dialog adds it

    def which_file(self, parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
        return Path(name) if name else None

    def which_files(self, parent: QWidget, title: str, folder: Path, kinds: str) -> tuple[Path, ...]:
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
        return tuple(Path(name) for name in names)

    def view(self, file: Path) -> bool:
        """In the program the system shows such files with; False where it has none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
