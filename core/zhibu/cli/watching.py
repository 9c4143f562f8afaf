"""The progress bar of an import."""

from collections.abc import Iterator
from contextlib import contextmanager

from zhibu.cli.terminal import Terminal
from zhibu.importing import Phase, Progress


@contextmanager
def watching(terminal: Terminal, title: str) -> Iterator[Progress]:
    """Show the phases of an import as they come."""
    with terminal.progress() as bar:
        task = bar.add_task(title, total=None)

        def moved(phase: Phase, rows: int) -> None:
            bar.update(task, description=f"{title} · {terminal.text(f'phase.{phase}')}")
            bar.update(task, completed=rows)

        yield moved
