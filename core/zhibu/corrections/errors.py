"""What can be wrong with a correction that is asked for."""

from zhibu.errors import Invalid


class NothingToCorrect(Invalid):
    """Everything already stands as it is asked for."""

    code = "core.nothing_to_correct"
