"""Registering documents: each is checked, kept by its id, and listed."""

import json

from zhibu.graph.trusted import MANIFEST, digest
from zhibu.testing.shell import Shell

OWN = "query Own { viewer { name } }\n"
OTHER = "query Roles { roles { name } }"


def test_documents_are_registered_and_listed(small: Shell) -> None:
    one, manifest = small.tmp / "own.graphql", small.tmp / "persisted.json"
    one.write_text(OWN)
    manifest.write_text(json.dumps({digest(OTHER): OTHER}))
    small.ok("documents", "add", one)
    small.ok("documents", "add", one, manifest)
    rows = {row["id"]: row["operations"] for row in small.json("documents", "list")}
    assert rows == {digest(OWN): "query Own", digest(OTHER): "query Roles"}
    kept = json.loads((small.data / MANIFEST).read_text())
    assert kept == {digest(OWN): OWN, digest(OTHER): OTHER}


def test_what_could_not_be_asked_is_refused_and_nothing_is_kept(small: Shell) -> None:
    good = small.tmp / "good.graphql"
    good.write_text(OWN)
    for number, text in enumerate(
        ("{", "{ nothing }", "query { " + "viewer { name } " * 11 + "}", "{ a" * 5000)
    ):
        bad = small.tmp / f"{number}.graphql"
        bad.write_text(text)
        assert small("documents", "add", good, bad).exit_code == 2
    wrong = small.tmp / "wrong.json"
    wrong.write_text(json.dumps({"0" * 64: OWN}))
    assert small("documents", "add", wrong).exit_code == 2
    assert small("documents", "add", small.tmp / "nowhere.graphql").exit_code == 2
    assert not (small.data / MANIFEST).exists()
