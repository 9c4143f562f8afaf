"""What may be wrong with a workbook of organizations or posts."""

from zhibu.errors import Conflict, Invalid


class ParentRefused(Invalid):
    """The row of a workbook that founds what stands above is faulty. Facts: `parent`."""

    code = "core.parent_refused"


class ParentUnknown(Invalid):
    """A workbook names a parent that neither it nor the tree has. Facts: `parent`."""

    code = "core.parent_unknown"


class ParentDiffers(Conflict):
    """A workbook puts a known organization elsewhere: that is a move, not an import."""

    code = "core.parent_differs"


class FoundingDiffers(Conflict):
    """A workbook gives a known organization another founding date; it is not changed."""

    code = "core.founding_differs"


class NotPermittedHere(Conflict):
    """A row of a workbook lies where the caller may not write."""

    code = "core.not_permitted_here"


class OrganizationUnknown(Invalid):
    """A workbook names an organization that the caller cannot see. Facts: `organization`."""

    code = "core.organization_unknown"


class HolderUnknown(Invalid):
    """A workbook names a holder that the caller cannot see."""

    code = "core.holder_unknown"


class HolderNameDiffers(Conflict):
    """The identity number belongs to somebody of another name."""

    code = "core.holder_name_differs"
