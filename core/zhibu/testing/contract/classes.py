"""Whether each column says how much it tells of people, and what must stay sealed is no field."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, Table

from zhibu import documents
from zhibu.graph.compose import ZhibuSchema
from zhibu.plugins import Plugins
from zhibu.reading.meanings import KEY, Column
from zhibu.storage.tables import Base, Sealed
from zhibu.testing.contract import names
from zhibu.testing.contract.schema import composed
from zhibu.testing.contract.subject import Subject

FILE = "classes.yaml"
CLASSES = ("secret", "sensitive", "personal", "internal")  # from the highest; docs/security/data.md
CLOSED = CLASSES[:2]
KEYS = ("tenant_id", "id")  # of rows, of whatever class those are

Classes = Mapping[str, Mapping[str, str]]


def faults(subject: Subject, plugins: Plugins) -> Iterator[str]:
    names.classes(subject)  # every table that any of its modules has
    tables = tables_of(subject.name)
    if tables and not (subject.folder / FILE).is_file():
        yield f"{FILE} is missing: it says of each column of its tables of which class it is"
        return
    said, wrong = read(subject.folder) if tables else ({}, [])
    yield from wrong
    yield from unclassed(tables, said)
    graphs = plugins.graphs()
    if subject.name in graphs:
        yield from shown(composed(graphs), said)


def tables_of(owner: str) -> list[Table]:
    """The tables of the core or of a plugin, as far as their modules were imported."""
    return [table for table in Base.metadata.sorted_tables if table.name.startswith(f"{owner}_")]


def read(folder: Path) -> tuple[Classes, list[str]]:
    """The class of each column, by table; and what is wrong with the file itself."""
    found: dict[str, dict[str, str]] = {}
    wrong = []
    for table, by_class in (documents.loads((folder / FILE).read_text("utf-8")) or {}).items():
        found[table] = {}
        for kind, columns in by_class.items():
            if kind not in CLASSES:
                wrong.append(f"{FILE}: {table}: {kind} is no class")
            for column in columns:
                if column in found[table]:
                    wrong.append(f"{FILE}: {table}.{column} has two classes")
                found[table][column] = kind
    return found, wrong


def label(table: Table, said: Classes) -> str:
    """The label of an object: the highest class of what it holds."""
    return min(said[table.name].values(), key=CLASSES.index)


def unclassed(tables: Iterable[Table], said: Classes) -> Iterator[str]:
    """Columns without a class, classes without a column, and what is in clear and must not be."""
    known = {table.name: table for table in tables}
    yield from (f"{FILE}: there is no table {name}" for name in said if name not in known)
    for table in known.values():
        classed = said.get(table.name, {})
        there = [column for column in table.columns if column.name not in KEYS]
        for column in there:
            place = f"{table.name}.{column.name}"
            kind = classed.get(column.name)
            if kind is None:
                yield f"{FILE}: {place} has no class"
            elif isinstance(column.type, Sealed) and kind not in CLOSED:
                yield f"{FILE}: {place} is sealed, and said to be {kind}"
            elif kind in CLOSED and not (
                isinstance(column.type, LargeBinary) or column.name.endswith("_hash")
            ):
                yield f"{FILE}: {place} is {kind}, and kept in clear"
        gone = classed.keys() - {column.name for column in there}
        yield from (f"{FILE}: there is no column {table.name}.{name}" for name in sorted(gone))


def shown(schema: ZhibuSchema, said: Classes) -> Iterator[str]:
    """Fields that answer a column of which nobody is to see more than a mask or an act opens."""
    for name, kind in schema._schema.type_map.items():
        definition: Any = kind.extensions.get("strawberry-definition")
        entity = getattr(getattr(definition, "origin", None), "__zhibu_entity__", None)
        if entity is None or entity.table.name not in said:
            continue
        for field in definition.fields:
            meaning = field.metadata.get(KEY)
            if meaning is not None and not isinstance(meaning, Column):
                continue
            column = (meaning.name if meaning else None) or field.python_name
            if (found := said[entity.table.name].get(column)) in CLOSED:
                yield f"{name}.{field.python_name} answers {entity.table.name}.{column}: {found}"
