"""``mtss packs check``: for people who write instruments and agendas."""

from __future__ import annotations

import argparse
from pathlib import Path

from mtss_desktop.cli import values
from mtss_desktop.packs import checking


def packs(args: argparse.Namespace) -> int:
    """1 where a file cannot be used; the sentence names file and line, and what to write instead."""
    found = checking.check(Path(args.folder))
    if args.json:
        print(values.to_json(found))
    else:
        print("\n".join(each.fault or f"{each.file}: {each.kind}, in order." for each in found))
    return 1 if any(each.fault for each in found) else 0
