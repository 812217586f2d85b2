"""The terminal as a script sees it: one call, its exit code, what it prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mtss_desktop.cli.main import main


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def objects(self) -> list[Any]:
        """One JSON object on each line."""
        return [json.loads(line) for line in self.out.splitlines()]


Terminal = Callable[..., Said]


def terminal(capsys: pytest.CaptureFixture[str], *always: str) -> Terminal:
    """``say("ask", "teams.cards")`` with options that every call gets."""

    def say(*words: str | Path) -> Said:
        capsys.readouterr()
        code = main([*map(str, words), *always])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return say


def well(said: Said) -> Said:
    """It must have worked, without a word on stderr."""
    assert (said.code, said.err) == (0, ""), said
    return said


def one_sentence(said: Said, code: int = 1) -> str:
    """It must have failed with one line on stderr and nothing on stdout."""
    assert (said.code, said.out) == (code, ""), said
    assert len(said.err.splitlines()) == 1, said.err
    return said.err.strip()
