"""Finding an identity number or a mobile number in what must not hold one."""

import re
from unicodedata import is_normalized, normalize

# Word characters on either side belong to something longer, such as the hexadecimal of an id.
_FOUND = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"\d{6}[ -]?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[0-9Xx]"
    r"|(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r")(?![0-9A-Za-z])"
)


def sensitive(text: str) -> bool:
    """Whether a mainland identity number or mobile number stands in the text in clear."""
    plain = text if is_normalized("NFKC", text) else normalize("NFKC", text)
    return _FOUND.search(plain) is not None
