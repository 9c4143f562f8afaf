"""What can be wrong between two institutions of this platform."""

from zhibu.errors import Conflict, Invalid


class InstitutionMissing(Invalid):
    """A host in another institution of this platform is named by that one's code."""

    code = "flow_members.institution_missing"


class OwnInstitution(Invalid):
    """A host within this institution is named by its own code."""

    code = "flow_members.own_institution"


class HostTwice(Invalid):
    """Somebody is taken in by one: here, or in another institution."""

    code = "flow_members.host_twice"


class PeerWaits(Conflict):
    """Another institution was asked already. Facts: `institution`."""

    code = "flow_members.peer_waits"


class PeerNone(Conflict):
    """No other institution was asked."""

    code = "flow_members.peer_none"


class GuestTaken(Conflict):
    """It was answered already. Facts: `on`."""

    code = "flow_members.guest_taken"


class GuestUntaken(Conflict):
    """No branch has taken him in."""

    code = "flow_members.guest_untaken"


class GuestOver(Conflict):
    """The stay is over. Facts: `on`."""

    code = "flow_members.guest_over"


class HostElsewhere(Invalid):
    """The branch is not one of whoever was asked. Facts: `name`."""

    code = "flow_members.host_elsewhere"


class NothingToTakeBack(Conflict):
    """Nothing was done here yet."""

    code = "flow_members.nothing_to_take_back"
