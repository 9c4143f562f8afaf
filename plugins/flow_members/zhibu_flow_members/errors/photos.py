"""What can be wrong with the photograph on a card."""

from zhibu.errors import Conflict, Invalid


class PhotoUnknown(Invalid):
    """The file is none that the caller handed in about the member, or was withdrawn."""

    code = "flow_members.photo_unknown"


class PhotoUnreadable(Invalid):
    """The file is no whole JPEG in colours of a screen or in grey."""

    code = "flow_members.photo_unreadable"


class PhotoTooLarge(Invalid):
    """More is kept of no photograph: all cards are printed together. Facts: `kilobytes`, `most`."""

    code = "flow_members.photo_too_large"


class PhotoMisshapen(Invalid):
    """It is upright, at most twice as high as wide, and sharp on paper.

    Facts: `width`, `height`, `narrowest`, `highest`.
    """

    code = "flow_members.photo_misshapen"


class PhotoNone(Conflict):
    """The card has no photograph."""

    code = "flow_members.photo_none"
