"""Looking for garbage without holding up those who ask.

A whole look goes through everything that is kept, schemas above all, and nobody is answered in the
tenth of a second that it takes. What is kept is therefore set aside and looked through only once as
much again has come to it.
"""

import gc

MANY = 30_000  # objects that a look may go through: some hundredths of a second
OLDEST = 2


class Aside:
    """What this process keeps, out of the way of the collection of garbage."""

    def __init__(self) -> None:
        self._looks = -1
        self._whole = 0  # objects aside after the last look through all of them

    def settle(self, *, changed: bool) -> None:
        """Set aside what has gathered: a lot of it, or a `changed` whole that is made for good."""
        if not changed and (self._looks == looks() or len(gc.get_objects(OLDEST)) < MANY):
            self._looks = looks()
            return
        anew = gc.get_freeze_count() >= 2 * self._whole
        if anew:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        if anew:
            self._whole = gc.get_freeze_count()
        self._looks = looks()


def looks() -> int:
    """How often the oldest objects were looked through."""
    return int(gc.get_stats()[OLDEST]["collections"])
