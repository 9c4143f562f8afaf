"""The contract every plugin keeps. `python -m zhibu.testing.contract NAME` checks one."""

from collections.abc import Callable, Collection, Iterator

from zhibu.testing.contract import (
    classes,
    deadlines,
    grants,
    hooks,
    imports,
    migrations,
    names,
    schema,
    statements,
    texts,
)
from zhibu.testing.contract.migrations import Owner
from zhibu.testing.contract.subject import NotInstalled, Subject

__all__ = ["NotInstalled", "Owner", "Subject", "faults", "remarks"]

LONG = 250


def faults(
    name: str,
    *,
    postgresql: Owner | None = None,
    migrating: bool = True,
    beside: Collection[str] | None = None,
) -> list[str]:
    """What is wrong with the installed plugin of this name, in words; nothing when it is sound.

    Migrations run on SQLite, and in an empty PostgreSQL database where one is given; not at all
    unless `migrating`. Its tables come and go `beside` those of these plugins, by default of all.
    Raises `NotInstalled`.
    """
    subject = Subject.of(name)
    written = [*imports.faults(subject), *statements.faults(subject)]
    try:
        subject.module  # noqa: B018  # asked for to see whether it can be imported
    except Exception as error:  # whatever a stranger's module raises when it is imported
        return [*written, f"{subject.point.value} cannot be imported: {error!r}"]
    written += hooks.faults(subject)
    try:
        plugins = subject.alone()
    except Exception as error:
        return [*written, f"it cannot be registered: {error}"]
    checks: list[Callable[[], Iterator[str]]] = [
        lambda: names.faults(subject, plugins),
        lambda: texts.faults(subject, plugins),
        lambda: grants.faults(subject, plugins),
        lambda: schema.faults(subject, plugins),
        lambda: deadlines.faults(subject, plugins),
        lambda: classes.faults(subject, plugins),
    ]
    if migrating:
        checks.append(lambda: migrations.faults(subject, plugins, postgresql, beside))
    for check in checks:
        try:
            written += check()
        except Exception as error:
            written.append(f"it fails when it is asked: {error!r}")
    return list(dict.fromkeys(written))


def remarks(name: str) -> list[str]:
    """What is no fault and might be better."""
    subject = Subject.of(name)
    return [
        f"{subject.package}/{source.place} has {source.lines} lines; a folder reads better"
        for source in (*subject.sources, *subject.migrations)
        if source.lines > LONG and source.part != "migrations"
    ]
