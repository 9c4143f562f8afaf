"""Whether a migration sees the rows it writes: the wall of PostgreSQL stands before the owner too.

Once, a downgrade deleted nothing there, and the constraint that it brought back found two alike.
"""

import ast
import re
from collections.abc import Iterator

from zhibu.testing.contract.sources import Source, called

_WRITES = re.compile(
    r"\b(?:UPDATE|DELETE\s+FROM|INSERT\s+INTO)\s+(?!SET\b)(?:\"?\w|$)", re.IGNORECASE
)
_NAMED = re.compile(r"\b(?:UPDATE|FROM|INTO|JOIN)\s+(?!SET\b)\"?(\w+)", re.IGNORECASE)
_WALL = re.compile(r"ALTER TABLE \"?(\w+)\"?( NO)? FORCE ROW LEVEL SECURITY")
_LIFTS, _PUTS = " NO FORCE ROW LEVEL SECURITY", " FORCE ROW LEVEL SECURITY"
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
    words = sorted(_lines(function, said))
    written = [(line, each) for line, each in words if _WRITES.search(each)]
    if not written:
        return
    lifted, back = _walls(words, lifting=True), _walls(words, lifting=False)
    tables = {table for _, each in written for table in _NAMED.findall(each)}
    if any(not _NAMED.search(each) for _, each in written):
        yield "writes by a table that no words name: nobody can check whose wall hides its rows"
    for table in sorted(tables - {*lifted}):
        yield f"writes by {table}, whose wall hides its rows: lift FORCE ROW LEVEL SECURITY"
    for table in sorted({*lifted} - {*back}):
        yield f"lifts the wall of {table} and does not put it back"
    for table in sorted({*lifted} & {*back}):
        if not lifted[table] < written[0][0] <= written[-1][0] < back[table]:
            yield f"writes while the wall of {table} stands: before it is lifted or when it is back"


def _walls(words: list[tuple[int, str]], *, lifting: bool) -> dict[str, int]:
    """Tables whose wall is lifted, or put back, each with the line.

    Where it is said of a name, like `f"ALTER TABLE {table} FORCE …"`, of whatever is named.
    """
    found = {
        table: line
        for line, each in words
        for table, no in _WALL.findall(each)
        if bool(no) is lifting
    }
    for line, each in words:
        if each.startswith(_LIFTS if lifting else _PUTS):
            found |= {name: line for _, name in words if name.isidentifier()}
    return found


def _lines(function: ast.FunctionDef, said: dict[str, list[str]]) -> Iterator[tuple[int, str]]:
    """What a function says, each with its line; what it names stands where it is named."""
    body = function.body[ast.get_docstring(function) is not None :]
    for node in (each for part in body for each in ast.walk(part)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield from ((node.lineno, each) for each in said.get(node.id, ()))


def _words(node: ast.AST) -> list[str]:
    return [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
