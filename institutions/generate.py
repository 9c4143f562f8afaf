"""Writes the five sample institutions and the faulty roster; the same bytes every time."""

import argparse
from datetime import date
from pathlib import Path

from making import (
    books,
    dues,
    education,
    faulty,
    life,
    moves,
    plans,
    points,
    registers,
    rosters,
    sessions,
    settings,
    sheets,
)

ANCHOR = date(2026, 11, 21)


def silent_units(plan: plans.Plan) -> set[str]:
    """Codes of the units where education is switched off: the nearest switch above decides."""
    switches = {plan.find(s["at"]).code: s["enabled"] for s in plan.given["switches"]}
    return {
        unit.code
        for unit in plan.root.walk()
        if not next((switches[u.code] for u in (unit, *unit.above()) if u.code in switches), True)
    }


def institution(into: Path, code: str, anchor: date) -> None:
    plan = plans.plan_of(code, anchor)
    people = rosters.members_of(plan, anchor)
    posts = rosters.posts_of(plan, people, anchor)
    silent = silent_units(plan)
    held = sessions.sessions_of(plan, people, posts, silent, anchor)
    attendance, credits, exemptions = education.year_of(plan, people, held, silent, anchor)
    folder = into / code
    folder.mkdir(parents=True, exist_ok=True)
    meetings, presence = life.life_of(plan, people, posts, anchor)
    engagements = registers.taken_on(plan, people, anchor)
    year = books.Year(
        plan, people, posts, held, attendance, credits, meetings, presence, engagements
    )
    for sheet in books.books_of(year, anchor):
        sheets.write(folder, sheet, anchor)
    settings.write_tenant(folder, plan, people, posts)
    settings.write_education(folder, exemptions, anchor)
    incomes, payments = dues.year_of(plan, people, anchor)
    if incomes:
        settings.write_dues(folder, incomes, payments, anchor)
    if shown := registers.shown(plan, people, meetings, anchor):
        settings.write_life(folder, shown)
    leading = {post.holder.identity for post in posts}
    if moving := moves.of_plan(plan, people, leading, anchor):
        settings.write_moves(folder, moving)
    codes, declared = points.year_of(plan, people, anchor)
    if codes:
        closed = points.closed(plan, people, posts, anchor)
        settings.write_points(folder, codes, declared, closed, anchor)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent)
    parser.add_argument("--on", type=date.fromisoformat, default=ANCHOR, help="the day it stands")
    chosen = parser.parse_args()
    for code in plans.ORDER:
        institution(chosen.into, code, chosen.on)
    faulty.write_all(chosen.into / "faulty", chosen.on)


if __name__ == "__main__":
    main()
