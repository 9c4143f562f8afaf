"""One file of a plugin as it is written: its imports, calls and words, read without running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Import:
    """`module` is what is named after `from`; `name` is what is taken from it, "" for `import`.

    `inside` is the function that the import stands in, if any.
    """

    module: str
    name: str
    line: int
    inside: str | None
    relative: bool

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]

    @property
    def full(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module

    def part_of(self, package: str) -> str | None:
        """Which part of `package` is imported; None when another package is."""
        words = self.full.split(".")
        return (words[1] if len(words) > 1 else "") if words[0] == package else None


@dataclass(frozen=True)
class Source:
    """`place` is the file within its package; `part` the word of the layout that it belongs to."""

    file: Path
    place: str
    tree: ast.Module
    lines: int

    @classmethod
    def read(cls, file: Path, folder: Path) -> "Source":
        text = file.read_text("utf-8")
        place = file.relative_to(folder).as_posix()
        return cls(file, place, ast.parse(text, str(file)), len(text.splitlines()))

    @property
    def part(self) -> str:
        return self.place.partition("/")[0].removesuffix(".py")

    @cached_property
    def imports(self) -> list[Import]:
        return [*_imports(self.tree, None)]

    @cached_property
    def calls(self) -> list[ast.Call]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]

    @cached_property
    def words(self) -> set[str]:
        """Every string that is written in the file."""
        return {
            node.value
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }

    def taken_from(self, top: str) -> set[str]:
        """The names that the file has taken out of a package."""
        return {found.name for found in self.imports if found.top == top and found.name}


def called(call: ast.Call) -> str:
    """The last word of what is called: `commit` for `act.session.commit()`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def owner(call: ast.Call) -> str:
    """The word before it: `session` for `act.session.commit()`, "" where there is none."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def _imports(node: ast.AST, inside: str | None) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.ImportFrom(module=module, names=names, level=level):
                for alias in names:
                    yield Import(module or "", alias.name, child.lineno, inside, level > 0)
            case ast.Import(names=names):
                for alias in names:
                    yield Import(alias.name, "", child.lineno, inside, False)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield from _imports(child, name)
            case _:
                yield from _imports(child, inside)
