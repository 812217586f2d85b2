"""The tables. Private to the store: nothing outside it imports from here."""

from mtss_desktop.store.schema import facts, journal, records
from mtss_desktop.store.schema.base import REVISION, metadata

__all__ = ["REVISION", "facts", "journal", "metadata", "records"]
