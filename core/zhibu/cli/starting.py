"""Starting a process: nearly all that is made then stays, so garbage is looked for less often.

To look through modules, plugins and schemas over and over took a tenth to a fifth of a command.
"""

import gc

_STARTING = (1_000_000, 20, 100)  # in practice never
_RARELY = (50_000, 20, 100)
_before: list[tuple[int, int, int]] = []


def begin() -> None:
    """Set aside what was imported, and expect little garbage until `begun`."""
    _before.append(gc.get_threshold())
    gc.freeze()
    gc.set_threshold(*_STARTING)


def rarely() -> None:
    """Set aside what there is, and look for garbage seldom from now on."""
    gc.freeze()
    gc.set_threshold(*_RARELY)


def begun() -> None:
    """What runs from now on makes garbage as usual; nothing changes where nothing began."""
    if _before:
        gc.set_threshold(*_before.pop())
