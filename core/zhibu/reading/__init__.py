"""Reading fast: fields say how they are read, and a selection becomes one SQL statement."""

from zhibu.reading.arguments import Arguments
from zhibu.reading.binds import Environment
from zhibu.reading.connections import Connection, Edge, Node, PageInfo
from zhibu.reading.engine import Engine, Plan
from zhibu.reading.errors import (
    CursorInvalid,
    NotCompiled,
    PageOffsetInvalid,
    PageSizeInvalid,
    ReadingFault,
)
from zhibu.reading.fields import (
    column,
    computed,
    entity,
    expression,
    part,
    public,
    to_many,
    to_one,
)
from zhibu.reading.lookahead import row
from zhibu.reading.meanings import Permission, Public
from zhibu.reading.operations import Operation
from zhibu.reading.placed import chosen_at, parameter_at
from zhibu.reading.queries import connection, figures, listing, node, one
from zhibu.reading.request import Reader, fetch_through
from zhibu.reading.walk import fields_without_permission, permitted
from zhibu.reading.wiring import dict_or_attribute, row_values

__all__ = [
    "Arguments",
    "Connection",
    "CursorInvalid",
    "Edge",
    "Engine",
    "Environment",
    "Node",
    "NotCompiled",
    "Operation",
    "PageInfo",
    "PageOffsetInvalid",
    "PageSizeInvalid",
    "Permission",
    "Plan",
    "Public",
    "Reader",
    "ReadingFault",
    "chosen_at",
    "column",
    "computed",
    "connection",
    "dict_or_attribute",
    "entity",
    "expression",
    "fetch_through",
    "fields_without_permission",
    "figures",
    "listing",
    "node",
    "one",
    "parameter_at",
    "part",
    "permitted",
    "public",
    "row",
    "row_values",
    "to_many",
    "to_one",
]
