"""Reading YAML: the same safe documents, by the C parser where there is one (ten times faster)."""

from typing import Any

import yaml

Fault = yaml.YAMLError
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def loads(text: str) -> Any:
    """The document of a YAML text, None for an empty one. Raises `Fault`."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  # nosec B506  # safe either way
