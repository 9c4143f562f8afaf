"""A page in its order, and several of them as one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zhibu.pdf.paper.blocks import Block
from zhibu.pdf.paper.columns import told


@dataclass
class Paper:
    """Everything on the page in its order; of what is `bound`, no page says which it is."""

    title: str = ""
    landscape: bool = False
    blocks: list[Block] = field(default_factory=list)
    bound: bool = False

    def told(self) -> dict[str, Any]:
        """The page as JSON says it to the template that sets it."""
        return {
            "title": self.title,
            "landscape": self.landscape,
            "bound": self.bound,
            "blocks": [told(block, self.landscape) for block in self.blocks],
        }


def bound(papers: Sequence[Paper]) -> Paper:
    """Several as one, each on a page of its own."""
    blocks: list[Block] = []
    for paper in papers:
        blocks += [*([Block("break")] if blocks else []), *paper.blocks]
    return replace(papers[0], blocks=blocks, bound=True)
