"""Registering the documents that a console asks, so that nothing else may be asked."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from graphql import GraphQLError, OperationDefinitionNode, parse, validate

from zhibu import core
from zhibu.cli.errors import DocumentInvalid, FileUnreadable
from zhibu.cli.terminal import Json, terminal_of
from zhibu.errors import ZhibuError
from zhibu.graph.budget import Budget, spend
from zhibu.graph.compose import Parts
from zhibu.graph.trusted import MANIFEST, digest, read
from zhibu.plugins import discover
from zhibu.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help="查询文档 · Trusted documents")

Files = Annotated[
    list[Path],
    typer.Argument(
        help=".graphql 文件（一份一个）或 .json 清单 · One document each, or a manifest"
    ),
]


@app.command(help="登记查询文档 · Register documents, each once it was checked")
def add(context: typer.Context, files: Files) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    manifest = settings.data / MANIFEST
    found = dict(pair for file in files for pair in _documents(file).items())
    _check(settings, found)
    known = (read(manifest) if manifest.exists() else {}) | found
    draft = manifest.with_suffix(".draft")
    draft.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    os.replace(draft, manifest)
    terminal.say("documents_added", count=len(found), known=len(known), file=str(manifest))


@app.command("list", help="列出已登记的查询文档 · The registered documents")
def list_(context: typer.Context, json: Json = False) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    own = settings.data / MANIFEST
    files = [*([own] if own.exists() else []), *map(Path, settings.document_manifests)]
    rows = [
        {"id": id, "operations": ", ".join(_operations(text)), "file": str(file)}
        for file in files
        for id, text in sorted(read(file).items())
    ]
    terminal.show(rows, ["id", "operations", "file"], as_json=json)


def _documents(file: Path) -> dict[str, str]:
    """The documents of a file by id. Raises `FileUnreadable`, `SettingInvalid`."""
    if file.suffix == ".json":
        return read(file)
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(file=str(file), fault=str(error)) from error
    return {digest(text): text}


def _check(settings: Settings, documents: dict[str, str]) -> None:
    """Raise `DocumentInvalid` for what no institution's schema could answer."""
    plugins = discover(settings.plugins)
    schema = Parts(core.graph(), plugins.graphs()).compose(frozenset(plugins.names))._schema
    for id, text in documents.items():
        try:
            parsed = parse(text)
            spend(parsed, Budget())
            faults: list[Any] = validate(schema, parsed)
        except (GraphQLError, RecursionError, ZhibuError) as error:
            faults = [error]
        if faults:
            raise DocumentInvalid(document=text.strip()[:60], id=id, fault=str(faults[0]))


def _operations(text: str) -> list[str]:
    nodes = parse(text).definitions
    named = [each for each in nodes if isinstance(each, OperationDefinitionNode)]
    return [f"{each.operation.value} {each.name.value if each.name else '-'}" for each in named]
