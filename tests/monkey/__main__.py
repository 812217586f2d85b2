"""``python -m tests.monkey [--seeds N] [--steps N] [--first SEED] [--threads] [--shrink]``: ends with 1 if something was found."""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.monkey", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="how many seeds (50)")
    parser.add_argument("--steps", type=int, default=1000, help="steps of each (1000)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (1)")
    parser.add_argument(
        "--threads", action="store_true", help="work in threads as in the program; else at once, replayable"
    )
    parser.add_argument("--shrink", action="store_true", help="find the shortest replay of what is found")
    parser.add_argument("--say", action="store_true", help="print every act")
    parser.add_argument("--sample", type=Path, help="a plain sample database made before")
    return parser.parse_args()


def _sample(args: argparse.Namespace, folder: Path) -> Path:
    if args.sample is not None:
        return Path(args.sample)
    from mtss_desktop.app import demo

    made = folder / "sample.mtss"
    demo.make_sample(made, secret="").close()
    return made


def main() -> int:
    args = _arguments()
    faulthandler.enable()
    with tempfile.TemporaryDirectory(prefix="monkey") as place:
        os.environ["MTSS_HOME"] = str(Path(place) / "home")
        return _sweep(args, Path(place))


def _sweep(args: argparse.Namespace, folder: Path) -> int:
    from mtss_desktop.ui.start import application
    from tests.monkey import play

    application()
    sample = _sample(args, folder)
    begun, steps, found, stalls = time.monotonic(), 0, {}, 0
    for seed in range(args.first, args.first + args.seeds):
        played = play.play(seed, args.steps, sample, folder / str(seed), threads=args.threads)
        steps += len(played.acts)
        stalls += len(played.stalls)
        if args.say:
            print("\n".join(played.acts))
        print(
            f"seed {seed}: {len(played.acts)} steps, {len(played.acts) / played.seconds:.0f} a second, "
            f"{len(played.findings)} found, {len(played.stalls)} stalls, slowest {played.slowest * 1000:.0f} ms, "
            f"{played.undone} taken back{', compared' if played.compared else ''}",
            flush=True,
        )
        for stall in sorted(played.stalls, key=lambda stall: stall.detail, reverse=True)[:12]:
            print(f"  {stall.detail} at step {stall.step}: {stall.act}")
        for finding in played.findings:
            if finding.key not in found:
                found[finding.key] = seed
                print("  " + finding.lines().replace("\n", "\n  "), flush=True)
                if args.shrink:
                    again = play.shrink(
                        seed, args.steps, finding.key, sample, folder / f"again{seed}", threads=args.threads
                    )
                    print("  shortest replay:\n    " + "\n    ".join(again or ["it does not come again"]), flush=True)
    seconds = time.monotonic() - begun
    print(f"{steps} steps in {seconds:.0f} s, {steps / seconds:.0f} a second: {len(found)} found, {stalls} stalls")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
