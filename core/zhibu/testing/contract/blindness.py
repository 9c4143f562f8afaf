"""Whether a migration sees the rows it writes: the wall of PostgreSQL stands before the owner too.

Once, a downgrade deleted nothing there, and the constraint that it brought back found two alike.
"""

import ast
import re
from collections.abc import Iterator

from zhibu.testing.contract.sources import Source, called

_WRITES = re.compile(r"\s*(?:UPDATE|DELETE\s+FROM|INSERT\s+INTO)\s", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:UPDATE|FROM|INTO|JOIN)\s+\"?(\w+)", re.IGNORECASE)
_LIFTED = re.compile(r"ALTER TABLE \"?(\w+)\"? NO FORCE ROW LEVEL SECURITY")
_LIFTS = " NO FORCE ROW LEVEL SECURITY"
_PUT_BACK = re.compile(r"(?<! NO) FORCE ROW LEVEL SECURITY")
_BEYOND = {"bulk_insert", "insert", "update", "delete"}


def faults(source: Source) -> Iterator[str]:
    """What is wrong with the statements about rows in each function of a migration."""
    said = {
        target.id: words
        for node in source.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and (words := _words(node.value))
    }
    for function in source.tree.body:
        if isinstance(function, ast.FunctionDef):
            yield from (f"{function.name}() {fault}" for fault in _of(function, said))


def _of(function: ast.FunctionDef, said: dict[str, list[str]]) -> Iterator[str]:
    calls = {called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
    for name in sorted(calls & _BEYOND):
        yield f"calls {name}(), which nobody can check; rows are written by words of SQL"
    words = _words(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            words += said.get(node.id, [])
    written = [each for each in words if _WRITES.match(each)]
    if not written:
        return
    lifted = {table for each in words for table in _LIFTED.findall(each)}
    if any(each.startswith(_LIFTS) for each in words):
        lifted |= {each for each in words if each.isidentifier()}
    for table in sorted({table for each in written for table in _NAMED.findall(each)} - lifted):
        yield f"writes by {table}, whose wall hides its rows: lift FORCE ROW LEVEL SECURITY"
    if lifted and not any(_PUT_BACK.search(each) for each in words):
        yield "lifts a wall and does not put it back"


def _words(node: ast.AST) -> list[str]:
    return [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
