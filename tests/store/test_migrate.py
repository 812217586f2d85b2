"""New databases and old ones brought up to date, on both engines."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mtss_desktop.base import paths
from mtss_desktop.base.errors import DamagedFile, StorageError
from mtss_desktop.base.progress import silent
from mtss_desktop.store import backup, engine, migrate, migrations
from mtss_desktop.store import write_migration as write
from mtss_desktop.store.engine import Engines, open_engines
from mtss_desktop.store.location import Location, at, parse
from mtss_desktop.store.schema import metadata
from tests.helpers.fresh_python import modules_after
from tests.store.files import KEY, got, new_file, put

NEXT = '''
"""A column, a rebuilt table, and rows."""
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

def upgrade() -> None:
    op.add_column("organization", sa.Column("motto", sa.Text()))
    with op.batch_alter_table("picture") as table:
        table.alter_column("row_id", new_column_name="row")
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.Text()))
    op.bulk_insert(sa.table("extra", sa.column("id"), sa.column("text")),
                   [{"id": number, "text": "x" * 50} for number in range(2000)])
{then}
'''


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The revisions as they are and one more to come."""
    folder = tmp_path / "scripts"
    shutil.copytree(Path(migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def add_next(scripts: Path, then: str = "") -> None:
    (scripts / "versions" / "0002.py").write_text(NEXT.replace("{then}", f"    {then}"), encoding="utf-8")


def shape(connection: sa.Connection, schema: str | None) -> dict[str, Any]:
    """Tables, columns, keys and indexes as the database itself tells them."""
    inspector = sa.inspect(connection)
    found: dict[str, Any] = {}
    for table in inspector.get_table_names(schema=schema):
        found[table] = {
            "columns": sorted(
                (c["name"], repr(c["type"]), c["nullable"], c["default"])
                for c in inspector.get_columns(table, schema=schema)
            ),
            "key": inspector.get_pk_constraint(table, schema=schema)["constrained_columns"],
            "key_name": inspector.get_pk_constraint(table, schema=schema)["name"],
            "references": sorted(
                (f["name"], f["constrained_columns"], f["referred_table"], f["referred_columns"], str(f["options"]))
                for f in inspector.get_foreign_keys(table, schema=schema)
            ),
            "indexes": sorted(
                (i["name"], i["column_names"], i["unique"]) for i in inspector.get_indexes(table, schema=schema)
            ),
            "unique": sorted(
                (u["name"], u["column_names"]) for u in inspector.get_unique_constraints(table, schema=schema)
            ),
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(table, schema=schema)),
        }
    return found


def upgraded_from_nothing(location: Location) -> None:
    if location.is_server:
        with migrate._server_transaction(location) as connection:
            connection.execute(sa.schema.CreateSchema(location.schema))
            migrate.run_scripts(connection)
    else:
        engine.create_file(location.file, KEY, migrate.run_scripts, version=migrations.NEWEST)


def test_what_is_made_and_what_is_upgraded_are_the_same_in_a_file(tmp_path: Path) -> None:
    migrate.make_database(at(tmp_path / "made.mtss"), KEY)
    upgraded_from_nothing(at(tmp_path / "upgraded.mtss"))
    shapes = []
    for name in ("made", "upgraded"):
        opened = migrate.open_database(at(tmp_path / f"{name}.mtss"), KEY)
        with opened.reader.connect() as connection:
            shapes.append(shape(connection, None))
        opened.close()
    assert shapes[0] == shapes[1]
    assert set(metadata.tables) | {"alembic_version"} == set(shapes[0])


@pytest.mark.postgres
def test_what_is_made_and_what_is_upgraded_are_the_same_on_a_server(postgres_url: str) -> None:
    shapes = []
    for schema, make in (
        ("made", lambda place: migrate.make_database(place, None)),
        ("upgraded", upgraded_from_nothing),
    ):
        place = parse(f"{postgres_url}?schema={schema}")
        make(place)
        opened = migrate.open_database(place)
        with opened.reader.connect() as connection:
            shapes.append(shape(connection, schema))
        opened.close()
    assert shapes[0] == shapes[1]
    assert set(metadata.tables) | {"alembic_version"} == set(shapes[0])


def test_the_newest_script_the_tables_and_the_program_agree() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(migrate.alembic_config()).get_heads() == [migrations.name_of(migrations.NEWEST)]


def test_revision_1_is_what_the_tables_say() -> None:
    """Nothing is released yet, so the first script is written anew (``store/write_migration.py``), never amended by hand."""
    written = (write.VERSIONS / "0001.py").read_text(encoding="utf-8")
    assert _tokens(write.script("All tables", 1)) == _tokens(written)


def _tokens(text: str) -> list[str]:
    return "".join(text.replace("'", '"').split()).replace(",)", ")").replace(",]", "]").split(",")


def test_alembic_stays_away_from_a_database_that_is_up_to_date(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    code = (
        "from mtss_desktop.store import migrate\nfrom mtss_desktop.store.location import at\n"
        f"from tests.store.files import KEY\nmigrate.open_database(at({str(path)!r}), KEY).close()\n"
        f"migrate.make_database(at({str(path) + '2'!r}), KEY)"
    )
    modules = modules_after(code)
    assert "sqlalchemy" in modules
    assert not [name for name in modules if name.startswith("alembic")]


def test_a_new_database_is_whole_or_not_there(tmp_path: Path) -> None:
    def fail(connection: sa.Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate.make_database(at(tmp_path / "a.mtss"), KEY, fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_server_is_never_made_twice(postgres_url: str) -> None:
    place = parse(postgres_url)
    migrate.make_database(place, None)
    with pytest.raises(StorageError, match="already holds a database"):
        migrate.make_database(place, None)


@pytest.mark.postgres
def test_an_empty_server_is_no_database(postgres_url: str) -> None:
    with pytest.raises(DamagedFile, match="holds no database"):
        migrate.open_database(parse(postgres_url))


@pytest.mark.postgres
def test_a_newer_server_is_refused(postgres_url: str) -> None:
    place = parse(postgres_url)
    migrate.make_database(place, None)
    opened = open_engines(place)
    with opened.writer.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0009'"))
    opened.close()
    with pytest.raises(StorageError, match="revision 9; this one knows 1"):
        migrate.open_database(place)


# Bringing up to date ---------------------------------------------------------------------------------------------------


def as_if_newer(monkeypatch: pytest.MonkeyPatch, scripts: Path) -> None:
    """The program as it will be when revision 2 exists."""
    for module in (migrate, migrations):
        monkeypatch.setattr(module, "NEWEST", 2)
    real = migrate.alembic_config
    monkeypatch.setattr(migrate, "alembic_config", lambda connection=None, _scripts=None: real(connection, scripts))


def open_newer(place: Location, monkeypatch: pytest.MonkeyPatch, scripts: Path) -> Engines:
    as_if_newer(monkeypatch, scripts)
    real = migrate.upgrade
    monkeypatch.setattr(migrate, "upgrade", lambda location, key, progress: real(location, key, progress, scripts, 2))
    return migrate.open_database(place, None if place.is_server else KEY)


def test_an_old_file_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = at(new_file(tmp_path))
    opened = open_engines(place, KEY)
    put(opened, "a")
    opened.close()
    add_next(scripts)
    opened = open_newer(place, monkeypatch, scripts)
    assert migrate.revision(opened) == 2
    with opened.reader.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM extra")).scalar() == 2000
        assert connection.connection.driver_connection.execute("PRAGMA user_version").fetchone()[0] == 2
    assert "a" in got(opened)
    opened.close()
    (before,) = backup.backups_of(place)
    assert before.reason == "before-update"
    monkeypatch.undo()
    monkeypatch.setenv("MTSS_HOME", str(paths.backup_folder()))
    old = open_engines(at(before.path), KEY)
    assert migrate.revision(old) == 1
    old.close()
    with pytest.raises(StorageError, match="revision 2; this one knows 1"):
        open_engines(place, KEY)


@pytest.mark.postgres
def test_an_old_server_is_brought_up_to_date(postgres_url: str, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = parse(postgres_url)
    migrate.make_database(place, None)
    add_next(scripts)
    opened = open_newer(place, monkeypatch, scripts)
    assert migrate.revision(opened) == 2
    opened.close()


@pytest.mark.parametrize(
    ("then", "error"),
    [
        ("raise ZeroDivisionError", ZeroDivisionError),
        ('op.execute("INSERT INTO picture VALUES (99, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)")', DamagedFile),
    ],
    ids=["a bug", "references broken"],
)
def test_an_update_that_fails_changes_nothing(
    tmp_path: Path, scripts: Path, then: str, error: type[BaseException]
) -> None:
    place = at(new_file(tmp_path))
    before = place.file.read_bytes()
    add_next(scripts, then)
    with pytest.raises(error):
        migrate.upgrade(place, KEY, silent(), scripts, 2)
    opened = migrate.open_database(place, KEY)
    assert migrate.revision(opened) == 1
    with opened.reader.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) == set(metadata.tables) | {"alembic_version"}
    opened.close()
    assert len(place.file.read_bytes()) == len(before)
    assert len(backup.backups_of(place)) == 1


def test_without_a_backup_there_is_no_update(tmp_path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = at(new_file(tmp_path))
    add_next(scripts)

    def fail(*_arguments: object, **_named: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(backup, "back_up", fail)
    with pytest.raises(StorageError, match="is full"):
        migrate.upgrade(place, KEY, silent(), scripts, 2)
    opened = open_engines(place, KEY)
    assert migrate.revision(opened) == 1
    opened.close()


def test_reading_only_never_updates(tmp_path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = at(new_file(tmp_path))
    add_next(scripts)
    as_if_newer(monkeypatch, scripts)
    with pytest.raises(StorageError, match="brought up to date before"):
        migrate.open_database(place, KEY, read_only=True)


@pytest.mark.parametrize(
    "laid_out_otherwise",
    [
        "ALTER TABLE team DROP COLUMN short_name",
        "ALTER TABLE team RENAME COLUMN short_name TO nickname",
        "ALTER TABLE team ADD COLUMN motto TEXT NOT NULL DEFAULT ''",
        "DROP TABLE picture",
    ],
)
@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_a_file_of_an_unfinished_version_is_told_and_left_alone(
    tmp_path: Path, laid_out_otherwise: str, *, read_only: bool
) -> None:
    """Its revision has the same number as this program's and its tables do not."""
    place = at(new_file(tmp_path))
    opened = open_engines(place, KEY)
    with opened.writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(sa.text(laid_out_otherwise))
        connection.commit()
    opened.close()
    before = place.file.read_bytes()
    with pytest.raises(StorageError, match="was made by an unfinished version of this program"):
        migrate.open_database(place, KEY, read_only=read_only)
    assert place.file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [place.file]


@pytest.mark.postgres
def test_a_server_of_an_unfinished_version_is_told(postgres_url: str) -> None:
    place = parse(postgres_url)
    migrate.make_database(place, None)
    migrate.open_database(place).close()
    opened = open_engines(place)
    with opened.writer.begin() as connection:
        connection.execute(sa.text("ALTER TABLE team DROP COLUMN short_name"))
    opened.close()
    with pytest.raises(StorageError, match="unfinished version"):
        migrate.open_database(place)


def test_the_next_script_can_be_written(tmp_path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extra = sa.Table("later", metadata, sa.Column("id", sa.Integer, primary_key=True))
    try:
        text = write.script("Something later", 2)
    finally:
        metadata.remove(extra)
    assert 'down_revision = "0001"' in text.replace("'", '"')
    assert "later" in text
    assert "drop_table" not in text
    compile(text, "0002.py", "exec")
