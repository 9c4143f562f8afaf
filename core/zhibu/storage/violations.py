"""Which unique constraint refused a row: the same answer from both databases."""

import re
import sqlite3

import psycopg
from sqlalchemy import Index, MetaData, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from zhibu.storage.tables import Base

_COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<columns>[\w., ]+)$")
_INDEX = re.compile(r"UNIQUE constraint failed: index '(?P<name>\w+)'$")


def unique_violation(error: IntegrityError, metadata: MetaData = Base.metadata) -> str | None:
    """The name of the unique constraint, unique index or primary key that a row broke.

    None when something else was broken. SQLite tells columns only, so the name is looked up in
    `metadata`; a table that is not in it answers by the naming convention.
    """
    driver = error.orig
    if isinstance(driver, psycopg.errors.UniqueViolation):
        return driver.diag.constraint_name
    if isinstance(driver, sqlite3.IntegrityError):
        if named := _INDEX.match(str(driver)):
            return named["name"]
        if told := _COLUMNS.match(str(driver)):
            pairs = [column.split(".") for column in told["columns"].split(", ")]
            return _named(pairs[0][0], [column for _, column in pairs], metadata)
    return None


def _named(table: str, columns: list[str], metadata: MetaData) -> str:
    known = metadata.tables.get(table)
    found = _in_table(known, columns) if known is not None else None
    return found or f"uq_{table}_{'_'.join(columns)}"


def _in_table(table: Table, columns: list[str]) -> str | None:
    unique: list[UniqueConstraint | Index] = [
        *(each for each in table.constraints if isinstance(each, UniqueConstraint)),
        *(each for each in table.indexes if each.unique),
    ]
    for each in unique:
        if [column.name for column in each.columns] == columns:
            return str(each.name)
    if [column.name for column in table.primary_key.columns] == columns:
        return str(table.primary_key.name)
    return None
