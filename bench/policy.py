"""What a question to the policy costs: `python -m bench.policy`, microseconds of CPU time."""

from collections.abc import Callable
from datetime import date
from itertools import cycle
from time import process_time

from zhibu.plugins import discover
from zhibu.policy import Assignment, Policy, Principal, Switches, default_folder

DAY = date(2026, 6, 1)
MEMBER = "b" * 32
ROUNDS = 3


def main() -> None:
    plugins = discover([])  # the core alone: its largest action is the largest of all
    policy = Policy.load(default_folder(), plugins)
    actions = sorted({grant.action for grant in policy.rules.grants})
    switches = Switches({})
    branch = _principal([("branch_secretary", "1.4.a.7.")])
    largest = max(actions, key=lambda name: sum(g.action == name for g in policy.rules.grants))

    print(f"{len(policy.rules.grants)} grants of {len(actions)} actions")
    _report("may, warm", lambda: policy.may(branch, switches, largest, "1.4.a.7.", MEMBER), 20_000)
    _report(f"enforce {largest}", lambda: policy.enforce(branch, switches, largest, "1.4."), 2_000)
    every = cycle(actions)
    _report("enforce, mean of all", lambda: policy.enforce(branch, switches, next(every), "1.4."))
    for number in (1, 3, 10, 50):
        assignments = [("committee_officer", f"1.4.{n:x}.") for n in range(number)]
        fresh = cycle([_principal(assignments) for _ in range(100)])

        def ask(fresh: "cycle[Principal]" = fresh) -> object:
            principal = next(fresh)
            principal.scopes.clear()
            return policy.scope(principal, switches, largest)

        _report(f"scope, cold, {number} assignments", ask, 100)
    scope = policy.scope(_principal(assignments[:3]), switches, largest)
    _report("values, 3 assignments", lambda: scope.values("row"))


def _principal(assignments: list[tuple[str, str]]) -> Principal:
    return Principal("a" * 32, MEMBER, tuple(Assignment(*held) for held in assignments), DAY)


def _report(what: str, ask: Callable[[], object], times: int = 2_000) -> None:
    best = min(_once(ask, times) for _ in range(ROUNDS))
    print(f"{what:32} {best * 1e6:9.2f} µs")


def _once(ask: Callable[[], object], times: int) -> float:
    start = process_time()
    for _ in range(times):
        ask()
    return (process_time() - start) / times


if __name__ == "__main__":
    main()
