"""Rotating logs that hold ids, counts and tracebacks, and never people's names or a key."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler

from mtss_desktop.base import paths

_KEY = re.compile(r"x'[0-9A-Fa-f]{32,}'|\b[0-9A-Fa-f]{48,}\b")
LOGGER = "mtss"


class Redact(logging.Filter):
    """Takes raw keys out of every message and argument before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _KEY.sub("[key]", record.getMessage())
        record.args = ()
        return True


class _Quiet(RotatingFileHandler):
    """A log that cannot be written stops nothing and is not said over what a person reads."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing."""


def start_logging(level: int = logging.INFO) -> None:
    """Once per process; safe to call again. Without a folder to write in there is no log."""
    logger = logging.getLogger(LOGGER)
    if any(isinstance(handler, RotatingFileHandler) for handler in logger.handlers):
        return
    try:
        folder = paths.make_private(paths.log_folder())
    except OSError:
        logger.addHandler(logging.NullHandler())  # the program works without; nothing goes to the screen instead
        return
    handler = _Quiet(folder / "mtss.log", maxBytes=512_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Redact())
    logger.addHandler(handler)
    logger.setLevel(level)


def log(name: str) -> logging.Logger:
    """``log("store")`` → the logger ``mtss.store``."""
    return logging.getLogger(f"{LOGGER}.{name}")
