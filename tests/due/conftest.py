"""An institution in which things fall due."""

from datetime import date

import pytest

from zhibu.parameters import service as parameters
from zhibu.testing.deadlines import Deadlines
from zhibu.testing.house import Institution

NOT_HERE = {"education.planning_kinds": ["floating_branch"], "education.lectures_of_leaders": None}


@pytest.fixture
async def institution(institution: Institution) -> Institution:
    """An institution that owes no meetings and no dues, which every month brings to mind.

    What is declared by other plugins than education is none of these tests' business: a sweep goes
    over each kind by itself, and takes as long as there are kinds.
    """
    for plugin in ("organization_life", "dues"):
        await institution.switch(plugin, False)
    platform = institution.house.platform
    here = ("core", "education", "organization_life")
    platform.due = {name: kind for name, kind in platform.due.items() if kind.plugin in here}
    return institution


@pytest.fixture
async def deadlines(institution: Institution) -> Deadlines:
    """An institution that owes no yearly plans and lectures, so that others are easily counted."""
    async with institution.operator() as act:
        for name, value in NOT_HERE.items():
            await parameters.override(
                act, institution.units["root"].id, name, date(2020, 1, 1), value, "本地规定"
            )
    return Deadlines(at=institution)
