"""What may be refused about posts and who holds them."""

from zhibu.errors import Conflict


class PostNotAtKind(Conflict):
    """Organizations of this kind have no such post. Facts: `post`, `kind`."""

    code = "core.post_not_at_kind"


class HolderOutside(Conflict):
    """The holder belongs to no branch of this organization. Facts: `name`."""

    code = "core.holder_outside"


class HolderLeft(Conflict):
    """The holder is no longer a member. Facts: `name`."""

    code = "core.holder_left"


class HolderAdmittedLater(Conflict):
    """The holder became a member only after the post began. Facts: `name`, `since`."""

    code = "core.holder_admitted_later"


class HolderNotFull(Conflict):
    """A probationary member cannot be elected to a committee post (EL 5). Facts: `name`."""

    code = "core.holder_not_full"


class PostHeld(Conflict):
    """The member already holds this post in that time. Facts: `since`."""

    code = "core.post_held"


class SecretaryInOffice(Conflict):
    """An organization has one secretary at a time. Facts: `holder`, `since`."""

    code = "core.secretary_in_office"


class TooFewForCommittee(Conflict):
    """A branch of so few full members has no committee. Facts: `full`, `needed`."""

    code = "core.too_few_for_committee"


class PostOver(Conflict):
    """The post has already ended. Facts: `until`."""

    code = "core.post_over"
