"""Which member and which organization a row is about."""

from typing import Any


def member(row: Any, target: Any) -> Any:
    return target.c.id == row.c.member_id


def payer(row: Any, target: Any) -> Any:
    return target.c.id == row.c.payer_member_id


def unit(row: Any, target: Any) -> Any:
    return target.c.id == row.c.organization_id


def above(row: Any, target: Any) -> Any:
    return target.c.id == row.c.above_id
