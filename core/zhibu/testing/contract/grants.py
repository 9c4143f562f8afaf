"""Whether the policy can be loaded with the plugin's grants, and whether every action has some."""

from collections.abc import Iterator

from zhibu.plugins import Plugins
from zhibu.policy import default_folder
from zhibu.policy.errors import PolicyInvalid
from zhibu.policy.rules import read
from zhibu.testing.contract.subject import Subject


def faults(subject: Subject, plugins: Plugins) -> Iterator[str]:
    try:
        rules = read(default_folder(), plugins)
    except PolicyInvalid as error:
        yield from (f"policy: {fault}" for fault in error.facts["faults"])
        return
    granted = {grant.action for grant in rules.grants if grant.effect == "allow"}
    for name, action in rules.actions.items():
        if action.plugin == subject.name and name not in granted:
            yield f"nobody is granted the action {name}"
