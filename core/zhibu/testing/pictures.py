"""Pictures to try things with."""

_TABLES = (
    b"\xff\xdb\x00\x43\x00" + b"\x10" * 64,  # of how coarse it is
    b"\xff\xc4\x00\x14\x00\x01" + bytes(16),  # one code each: as grey as before,
    b"\xff\xc4\x00\x14\x10\x01" + bytes(16),  # and nothing else in this block
)
_LARGEST = 65_533  # bytes of a comment


def grey(width: int = 295, height: int = 413, *, size: int = 0, channels: int = 1) -> bytes:
    """A JPEG without anything on it, of so many bytes; every byte of it is as it must be.

    With more `channels` than one, it only says so.
    """
    points = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    parts = b"".join(bytes((each + 1, 0x11, 0)) for each in range(channels))
    frame = b"\x08" + points + bytes((channels,)) + parts
    blocks = -(-width // 8) * -(-height // 8)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(-(-blocks // 4))
    made = _part(0xC0, frame) + b"".join(_TABLES) + scan + b"\xff\xd9"
    while size > len(made) + 2:
        made = _part(0xFE, bytes(min(_LARGEST, max(0, size - len(made) - 6)))) + made
    return b"\xff\xd8" + made


def _part(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content
