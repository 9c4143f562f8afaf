"""What undoes what: the table is whole, and the pairs it marks are walked, act and undo."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.graph.test_mutation_statements import STORIES, Stage, mutations, staged

from zhibu.plugins import Plugins
from zhibu.testing.filled import filled
from zhibu.testing.house import House
from zhibu.testing.pages.undoing import rows

TOLD = (  # beside the core
    *("audit_campaign", "discipline", "dues", "education", "flow_members"),
    *("organization_life", "scoring", "transfers"),
)
WALKS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "undoing.yaml").read_text("utf-8")
)
UNDONE_BY = {row.mutation: row.by for row in rows()}


def test_the_table_names_for_every_mutation_what_undoes_it_or_why_nothing_does(
    installed_plugins: Plugins,
) -> None:
    known = mutations(Plugins({name: installed_plugins.module(name) for name in TOLD}))
    listed = [row.mutation for row in rows()]
    assert sorted(listed) == sorted(known)
    assert {row.by for row in rows()} - {""} <= set(known)
    assert all(row.how for row in rows())


def test_the_table_marks_what_is_walked() -> None:
    assert {row.mutation for row in rows() if row.walked} == set(WALKS)


async def seen(stage: Stage, act: str) -> Any:
    """What a reader sees of what the act changes."""
    walk = WALKS[act]
    said = re.sub(r"\$([\w.]+)", lambda word: stage.known[word[1]], walk["seen"])
    credential = await stage.credential(walk.get("by", "almighty"))
    answer = await stage.here.institution.house.ask(said, credential=credential)
    assert "errors" not in answer, (act, answer)
    return answer["data"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("story", sorted({walk["story"] for walk in WALKS.values()}))
async def test_after_act_and_undo_a_reader_sees_what_there_was(
    house: House, installed_plugins: Plugins, story: str
) -> None:
    stage = await staged(await filled(house, "yunling"), installed_plugins)
    left = {act for act, walk in WALKS.items() if walk["story"] == story}
    before: dict[str, Any] = {}
    for step in STORIES[story]:
        name = step.get("mutation")
        begins = name in left and name not in before
        if begins:
            before[name] = await seen(stage, name)
        await stage.tell(step)
        if begins:
            assert await seen(stage, name) != before[name], f"{name} changes what is seen"
        earlier = [act for act in before if act in left and not (begins and act == name)]
        for act in [act for act in earlier if UNDONE_BY[act] == name]:
            assert await seen(stage, act) == before[act], f"{name} undoes {act}"
            left.remove(act)
        if not left:
            return
    assert not left, "its undo is no step of the story"
