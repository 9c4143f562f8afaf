"""What a template may say: names of values, conditions, and loops over lists. Nothing else.

A template belongs to an institution, and whoever writes it need not be trusted: it calls nothing,
walks into no object, computes nothing, and cannot make much out of little.
"""

from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_LOOPS = 2  # one within the other
LOOPS = frozenset({"index", "index0", "first", "last", "length"})
_SAYS: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const),
    *(nodes.If, nodes.For, nodes.Getattr, nodes.Getitem),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.CondExpr),
)


class Confined(ImmutableSandboxedEnvironment):
    """Jinja that holds every source against what a template may say before it compiles it."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_said)
        self.globals, self.filters, self.tests = {}, {}, {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _hold(tree, loops=0)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, LoopContext) and attr in LOOPS

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def _said(value: Any) -> Any:
    """Nothing is said as nothing."""
    return "" if value is None else value


def _hold(node: nodes.Node, *, loops: int) -> None:
    if not isinstance(node, _SAYS):
        _refuse(node, type(node).__name__.lower())
    if isinstance(node, nodes.For):
        loops += 1
        if loops > MOST_LOOPS:
            _refuse(node, f"more than {MOST_LOOPS} loops within each other")
        if node.recursive or not isinstance(node.iter, nodes.Name | nodes.Getattr):
            _refuse(node, "a loop over something that is no list of the form")
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        _refuse(node, node.attr)
    for child in node.iter_child_nodes():
        _hold(child, loops=loops)


def _refuse(node: nodes.Node, what: str) -> None:
    raise TemplateSyntaxError(f"a form may not say: {what}", node.lineno)
