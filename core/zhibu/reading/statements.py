"""A compiled root field: one SQL text, where its parameters come from, and its shaper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from zhibu.reading.errors import ReadingFault
from zhibu.reading.request import Reader, Run
from zhibu.reading.tenancy import confine
from zhibu.reading.unit import Batch, Unit, fill, keep

Prepare = Callable[[Run], None]
Parameter = Callable[[Run], Any]


@dataclass(frozen=True)
class Statement:
    """`prepare` checks and works out what several parameters need, before any is read."""

    sql: str
    parameters: Sequence[Parameter]
    shape: Callable[[Sequence[Any], list[list[Any]], Run], Any]
    batches: list[Batch]
    prepare: Prepare | None = None

    def bound(self, run: Run) -> tuple[str, list[Any]]:
        """What to execute. Raises the refusals of arguments (`GlobalIdInvalid`, page, cursor)."""
        if self.prepare is not None:
            self.prepare(run)
        return self.sql, [parameter(run) for parameter in self.parameters]

    async def shaped(self, rows: Sequence[Any], run: Run, reader: Reader) -> Any:
        """The value of the field out of the driver's rows."""
        if not self.batches:
            return self.shape(rows, [], run)
        held: list[list[Any]] = [[] for _ in self.batches]
        shaped = self.shape(rows, held, run)
        await fill(self.batches, held, reader)
        return shaped


@dataclass(frozen=True)
class Settled:
    """A root field whose value needs no statement: null, or a refusal to be raised."""

    value: Any = None
    refusal: Callable[[], Exception] | None = None


def assembled(unit: Unit, select: Select[Any], body: str, prepare: Prepare | None) -> Statement:
    """Compile a select and the Python that shapes its rows.

    `body` is the inside of `shape(rows, held, run)`. It is made of response keys (as literals) and
    of names of our own: nothing that a caller writes becomes code.
    """
    confine(select, unit.env.tenant)
    compiled = select.compile(dialect=unit.dialect, compile_kwargs={"render_postcompile": True})
    if compiled.positiontup is None:
        raise ReadingFault(fault=f"the dialect {unit.dialect.name} is not positional")
    parameters = [_parameter(unit, compiled, name) for name in compiled.positiontup]
    names = {**unit.names, "keep": keep}
    source = f"def shape(rows, held, run):\n{body}\n"
    exec(compile(source, "<shape>", "exec"), names)  # noqa: S102  # nosec B102  # see above
    return Statement(str(compiled), parameters, names["shape"], unit.batches, prepare)


def _parameter(unit: Unit, compiled: Any, name: str) -> Parameter:
    bind = compiled.binds.get(name)
    process = None
    if bind is not None:
        process = bind.type.dialect_impl(unit.dialect).bind_processor(unit.dialect)
    source = unit.binds.source(name)
    if source is None:
        constant = compiled.params[name]
        if bind is None:  # one of the values of an IN
            process = compiled._bind_processors.get(name)
        value = constant if process is None else process(constant)
        return lambda run: value
    if process is None:
        return source
    return lambda run: process(source(run))
