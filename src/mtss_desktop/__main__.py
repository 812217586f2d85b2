"""`python -m mtss_desktop`: the window with no arguments or with `--open FILE` or `--self-check`, otherwise the `mtss` command."""

import sys


def main() -> int:
    """Open the window or run one command; returns the exit code."""
    if len(sys.argv) < 2 or sys.argv[1] in ("--open", "--self-check"):
        from mtss_desktop.ui import start

        return start.main()
    from mtss_desktop.cli import main as terminal

    return terminal.main()


if __name__ == "__main__":
    sys.exit(main())
