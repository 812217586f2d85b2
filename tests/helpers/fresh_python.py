"""Run a piece of code in an interpreter of its own: for what it imports, and for what may end the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``run("-c", code)`` or ``run("-m", module, …)``: its exit code, output and errors as text."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def modules_after(code: str) -> set[str]:
    """The names in ``sys.modules`` once ``code`` has run."""
    done = run("-c", f"{code}\nimport sys\nprint(chr(10).join(sys.modules))")
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())
