"""What keeps an old key from being taken away."""

from zhibu.errors import Conflict


class KeyStillUsed(Conflict):
    """Values are sealed under it. Facts: `number`, `count`, `where`."""

    code = "core.key_still_used"


class KeyTooNew(Conflict):
    """The key that replaced it may not have reached every process. Facts: `current`, `minutes`."""

    code = "core.key_too_new"
