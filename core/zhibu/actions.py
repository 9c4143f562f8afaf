"""The words a policy is written in."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something an actor may do, named `plugin:object:verb` by whoever performs it.

    `summary` is one English sentence; the Chinese one lives in `locale/` under the same name.
    """

    name: str
    summary: str

    @property
    def plugin(self) -> str:
        return self.name.partition(":")[0]

    @property
    def object(self) -> str:
        return self.name.split(":")[1]

    @property
    def verb(self) -> str:
        return self.name.split(":")[2]

    def __str__(self) -> str:
        return self.name
