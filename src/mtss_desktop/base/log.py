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


def start_logging(level: int = logging.INFO) -> None:
    """Once per process; safe to call again."""
    logger = logging.getLogger(LOGGER)
    if any(isinstance(handler, RotatingFileHandler) for handler in logger.handlers):
        return
    folder = paths.make_private(paths.log_folder())
    handler = RotatingFileHandler(folder / "mtss.log", maxBytes=512_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Redact())
    logger.addHandler(handler)
    logger.setLevel(level)


def log(name: str) -> logging.Logger:
    """``log("store")`` → the logger ``mtss.store``."""
    return logging.getLogger(f"{LOGGER}.{name}")
