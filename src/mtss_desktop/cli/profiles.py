"""``mtss profiles check``: for people who write import profiles."""

from __future__ import annotations

import argparse
from pathlib import Path

from mtss_desktop.cli import values
from mtss_desktop.importing import profile_checking


def profiles(args: argparse.Namespace) -> int:
    """1 where a profile cannot be used; the sentence names file and line, and what to write instead."""
    found = profile_checking.check(Path(args.file), [Path(each) for each in args.examples])
    if args.json:
        print(values.to_json(found))
        return 1 if any(each.fault for each in found) else 0
    for each in found:
        print(each.fault or f"{each.file}: {each.key}, in order; it takes {each.takes}.")
        for sentence in each.fits:
            print(f"  {sentence}")
    return 1 if any(each.fault for each in found) else 0
