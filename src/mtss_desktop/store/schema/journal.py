"""Steps and their before-and-after pictures. Append-only; a picture can be blanked, never changed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from mtss_desktop.store.schema.base import Json, UtcStamp, metadata

step = Table(
    "step",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcStamp, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("use_case", Text, nullable=False),
    Column("organization_id", Text, nullable=False),
    Column("private_to", Text),
    Column("touched", Json, nullable=False),
    Column("kind", Text, nullable=False),
    Column("undoes", Integer),
    Column("stands", Integer),
    Column("undone", Integer),
    Column("import_key", Integer),
    Column("merge_key", Text),
    Column("digest", Text),
    Column("link", Text),
    Index("ix_step_person_id_seq", "person_id", "seq"),
)
"""``stands`` is the step its person would undo next, ``undone`` the undo that would be redone next, both as it was right after
this step, so that neither is looked for among all steps. ``link`` is null while the step may still merge with the next; sealed,
it chains the step to the one before."""

picture = Table(
    "picture",
    metadata,
    Column("step_seq", Integer, ForeignKey("step.seq"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("organization_id", Text, nullable=False),
    Column("private_to", Text),
    Column("before", Json),
    Column("after", Json),
    Column("schema_revision", Text, nullable=False),
    Column("salt", Text),
    Column("digest", Text, nullable=False),
    Column("blanked", Text),
)
"""``digest`` is SHA-256 of the salt and both pictures. Blanking erases before, after and salt and says why; the chain still verifies."""
