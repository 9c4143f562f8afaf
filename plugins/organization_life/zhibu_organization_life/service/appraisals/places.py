"""How many may be excellent: a share of those who are graded."""

from dataclasses import dataclass

from zhibu.act import Act
from zhibu.basis import Basis
from zhibu_organization_life.rules.appraisals import Appraisal
from zhibu_organization_life.rules.grades import Rounding
from zhibu_organization_life.service import amounts

SHARE = "organization_life.excellent_share"
ROUNDING = "organization_life.excellent_rounding"


@dataclass(frozen=True, kw_only=True)
class Places:
    """So many may be excellent, and who says so."""

    count: int
    basis: Basis


def places_of(act: Act, appraisal: Appraisal, graded: int) -> Places:
    """How many of so many, by the rules of the branch on the day of the meeting."""
    on, path = appraisal.meeting.held_on, appraisal.path
    share = amounts.share(act, SHARE, on, path)
    rounding = Rounding(act.parameters.value(ROUNDING, path, on).value or Rounding.DOWN)
    return Places(count=share.of(graded, rounding=rounding), basis=share.basis)
