"""The policy as a table for people: `python -m zhibu.policy.matrix [--check]`."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

import zhibu
from zhibu.actions import Action
from zhibu.plugins import Plugins, discover
from zhibu.policy.judge import Policy
from zhibu.policy.rules import Rules, default_folder

REACHES = {"subtree": "下", "own": "本", "self": "己"}

HEAD = """\
# 角色权限表 · Role matrix

由 `python -m zhibu.policy.matrix` 生成，请勿手工修改。Generated; do not edit.

每一行是一项操作，每一列是一个角色；单元格说明可及的范围：

| 记号 | 范围 | reach |
|---|---|---|
| 下 | 任职组织及其下级组织 | `subtree` |
| 本 | 仅任职组织本身 | `own` |
| 己 | 仅属于本人的记录 | `self` |
| ✗ | 明确禁止，优先于一切许可 | `deny` |
| （空） | 不可 | |

此外不论角色，录入人可在参数 `core.days_to_take_back` 所定的天数内撤回自己的误录，\
只要仍能看到该记录、插件仍然启用、其后没有新的记录。

Besides, whatever the role: whoever made an entry takes it back within the days of that parameter,
while he still sees the record, the plugin is on and nothing was entered after it.

"""


def table(rules: Rules, texts: Mapping[str, Mapping[str, str]]) -> str:
    """The whole matrix in Markdown; `texts` holds the names under `roles` and `actions`."""
    return (
        HEAD
        + "\n".join([*_legend(rules, texts), *_exclusions(rules, texts)])
        + "".join(
            "\n\n" + "\n".join(_section(rules, plugin, list(actions), texts))
            for plugin, actions in groupby(_in_order(rules), key=lambda action: action.plugin)
        )
        + "\n"
    )


def texts_of(plugins: Plugins, language: str = "zh-CN") -> dict[str, dict[str, str]]:
    """The names of roles and actions from the core's and the plugins' locale folders."""
    found: dict[str, dict[str, str]] = {"roles": {}, "actions": {}}
    folders = [Path(zhibu.__file__).parent / "locale"]
    folders += [locale.folder for locale in plugins.locales().values()]
    for folder in folders:
        for file in [folder / f"{language}.yaml", *sorted((folder / language).glob("*.yaml"))]:
            if file.is_file():
                texts: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
                for kind, names in found.items():
                    names.update(texts.get(kind, {}))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Write the matrix, or with `--check` answer 1 if the file differs from what would be."""
    parser = argparse.ArgumentParser(prog="python -m zhibu.policy.matrix", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--policy", type=Path, default=None, help="the policy's folder")
    parser.add_argument("file", type=Path, nargs="?", default=Path("docs/role-matrix.md"))
    options = parser.parse_args(arguments)
    plugins = discover()
    policy = Policy.load(options.policy or default_folder(), plugins)
    text = table(policy.rules, texts_of(plugins))
    if not options.check:
        options.file.write_text(text, encoding="utf-8")
        return 0
    if options.file.is_file() and options.file.read_text(encoding="utf-8") == text:
        return 0
    print(f"{options.file} is not what the policy says; run python -m zhibu.policy.matrix")
    return 1


def _named(texts: Mapping[str, Mapping[str, str]], kind: str, name: str) -> str:
    """A role that a deployment adds may have no text; its name then stands for it."""
    return texts[kind].get(name, name)


def _in_order(rules: Rules) -> list[Action]:
    """The core's actions first, then each plugin's, in the order of their declaration."""
    return sorted(rules.actions.values(), key=lambda a: (a.plugin != "core", a.plugin))


def _legend(rules: Rules, texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield "| 角色 | role | 继承 |"
    yield "|---|---|---|"
    for role in rules.roles.names:
        inherited = [r for r in rules.roles.names if r in rules.roles.inherited[role] - {role}]
        names = "、".join(_named(texts, "roles", other) for other in inherited)
        yield f"| {_named(texts, 'roles', role)} | `{role}` | {names} |"


def _exclusions(rules: Rules, texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for roles in rules.roles.exclusive:
        names = "、".join(
            _named(texts, "roles", role) for role in rules.roles.names if role in roles
        )
        yield f"\n同一账号不得兼任：{names}。"


def _section(
    rules: Rules, plugin: str, actions: list[Action], texts: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    roles = rules.roles.names
    yield f"## {plugin}\n"
    yield f"| 操作 | {' | '.join(_named(texts, 'roles', role) for role in roles)} |"
    yield f"|---|{'---|' * len(roles)}"
    for action in actions:
        cells = " | ".join(_cell(rules, role, action.name) for role in roles)
        yield f"| {_named(texts, 'actions', action.name)} `{action.name}` | {cells} |"


def _cell(rules: Rules, role: str, action: str) -> str:
    """The widest reach of what is allowed, and every reach that is denied."""
    grants = rules.of(role, action)
    allowed = {grant.reach for grant in grants if grant.effect == "allow"}
    denied = {grant.reach for grant in grants if grant.effect == "deny"}
    widest = [mark for reach, mark in REACHES.items() if reach in allowed]
    if "subtree" in allowed:
        widest = widest[:1]
    return "".join([*widest, *(f"✗{mark}" for reach, mark in REACHES.items() if reach in denied)])


if __name__ == "__main__":
    sys.exit(main())
