"""Looking for garbage without holding up those who ask.

A whole look goes through everything that is kept, schemas above all, and nobody is answered in the
half second that it takes. What is kept is therefore set aside and looked through only once as much
again has come to it and nobody has been asking for a while, or four times as much.

What came is counted as it is set aside. `gc.get_freeze_count` walks through all of it each time:
0.15 s with a million objects. What was set aside before a server began has been looked through.
"""

import gc

MANY = 30_000  # objects that a look may go through: some hundredths of a second
OLDEST = 2
GROWN, MOST = 1, 4  # how many times as much has come: to look when nobody asks, and anyhow
CALM = 20  # ticks of the server, of which there are ten in a second, at which nobody was asking


class Aside:
    """What this process keeps, out of the way of the collection of garbage."""

    def __init__(self) -> None:
        self._looks = -1
        self._whole = gc.get_freeze_count()  # objects, after the last look through all of them
        self._came = 0  # objects set aside since then, some of which are gone
        self._calm = 0

    def settle(self, *, changed: bool, busy: bool = False) -> None:
        """Set aside what has gathered: a lot of it, or a `changed` whole that is made for good.

        It is called at each tick; `busy` says that somebody waits for an answer.
        """
        self._calm = 0 if busy else self._calm + 1
        calm = self._calm >= CALM
        due = calm and self._came >= GROWN * self._whole
        if (
            not due
            and not changed
            and (self._looks == looks() or len(gc.get_objects(OLDEST)) < MANY)
        ):
            self._looks = looks()
            return
        anew = due or self._came >= MOST * self._whole
        if anew:
            gc.unfreeze()
        gc.collect()
        found = len(gc.get_objects())
        gc.freeze()
        self._whole, self._came = (found, 0) if anew else (self._whole, self._came + found)
        self._looks = looks()


def looks() -> int:
    """How often the oldest objects were looked through."""
    return int(gc.get_stats()[OLDEST]["collections"])
