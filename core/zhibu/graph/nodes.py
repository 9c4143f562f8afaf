"""Any object again by the id it was shown with."""

import strawberry

from zhibu.contributions import Graph
from zhibu.reading import Node, node


@strawberry.type
class NodeQuery:
    @node()
    def node(self, id: strawberry.ID) -> Node | None:
        """按标识取得任一对象，不可见则为空。 Any object by its id; null if it is not to be seen."""


GRAPH = Graph(query=NodeQuery)
