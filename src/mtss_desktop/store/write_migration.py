"""For developers: ``python -m mtss_desktop.store.write_migration "what changes"`` writes the next revision's script.

Nothing is released yet, so without words revision 0001 is written anew from the tables.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from mtss_desktop.store.migrate import run_scripts
from mtss_desktop.store.migrations import NEWEST, name_of
from mtss_desktop.store.schema import metadata
from mtss_desktop.store.schema.base import Json, UtcStamp

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def script(message: str, number: int) -> str:
    """The text of revision ``number``: what leads from the scripts before it to the tables as they are."""
    from alembic.autogenerate import produce_migrations, render_python_code
    from alembic.runtime.migration import MigrationContext

    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        if number > 1:
            run_scripts(connection, name_of(number - 1))
        options: dict[str, Any] = {
            "render_item": _render,
            "render_as_batch": number > 1,
            "target_metadata": metadata,
            "compare_type": True,
        }
        context = MigrationContext.configure(connection, opts=options)
        operations = produce_migrations(context, metadata).upgrade_ops
        assert operations is not None
        body = render_python_code(operations, render_item=_render, render_as_batch=number > 1)
    body = "\n".join(line for line in body.splitlines() if not line.strip().startswith("# ###"))
    engine.dispose()
    return _frame(message, number, body)


def _render(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """A script keeps the plain type of its day, whatever becomes of ours."""
    return "sa.Text()" if kind == "type" and isinstance(thing, (UtcStamp, Json)) else False


def _frame(message: str, number: int, body: str) -> str:
    before = repr(name_of(number - 1)) if number > 1 else None
    lines = "\n".join(line if line.startswith("    ") or not line else f"    {line}" for line in body.splitlines())
    return (
        f'"""{message}."""\n\nfrom __future__ import annotations\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f'revision = "{name_of(number)}"\ndown_revision = {before}\nbranch_labels = None\ndepends_on = None\n\n\n'
        f"def upgrade() -> None:\n{lines}\n"
    )


def main(words: list[str]) -> None:
    message, number = (" ".join(words), NEWEST + 1) if words else ("All tables", 1)
    target = VERSIONS / f"{name_of(number)}.py"
    target.write_text(script(message, number), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
