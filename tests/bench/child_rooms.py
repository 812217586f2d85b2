"""Visits every room several times in a process of its own and prints milliseconds of processor time per room as JSON."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

VISITS = 5


def main(file: str, passphrase: str) -> int:
    from mtss_desktop.app.jobs import ImmediateJobs
    from mtss_desktop.app.opening import open_workspace
    from mtss_desktop.ui.kit.remembered import Remembered
    from mtss_desktop.ui.main_window import MainWindow

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, Path(folder) / "copy.mtss"))
        opened = open_workspace(copy, passphrase=passphrase or None)
        window = MainWindow(opened.workspace, ImmediateJobs(), Remembered())
        window.resize(1280, 800)
        window.show()
        app.processEvents()
        rooms = list(window.kinds)
        taken: dict[str, list[float]] = {room: [] for room in rooms}
        for visit in range(VISITS + 1):
            for room in rooms:
                window.go_to(rooms[rooms.index(room) - 1])
                app.processEvents()
                window.pane(room)._stale = True
                begun = time.process_time()
                window.go_to(room)
                app.processEvents()
                window.grab()
                if visit:
                    taken[room].append((time.process_time() - begun) * 1000)
        window.close()
        opened.workspace.close()
    print(json.dumps(taken), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
