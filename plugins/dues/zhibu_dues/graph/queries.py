"""Asking for dues: months, bases, payments, arrears, hand-overs, publications."""

from datetime import date
from typing import Any

import strawberry

from zhibu.graph.inputs import told
from zhibu.reading import Connection, connection
from zhibu_dues.graph.types import (
    DuesArrears,
    DuesBase,
    DuesHandover,
    DuesMonth,
    DuesPayment,
    DuesPublication,
)
from zhibu_dues.graph.words import BaseState, MonthState
from zhibu_dues.reads import months, places


@strawberry.input(description="月份的筛选条件。 What the months must be.")
class DuesMonthFilter:
    month: date | None = told("只看这个月（首日）。 Only this month.", None)
    state: MonthState | None = told("只看这个状态的。 Only in this state.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)


@strawberry.input(description="基数的筛选条件。 What the bases must be.")
class DuesBaseFilter:
    state: BaseState | None = told("只看这个状态的。 Only in this state.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)


@strawberry.input(description="交纳记录的筛选条件。 What the payments must be.")
class DuesPaymentFilter:
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)
    late: bool | None = told("只看逾期补交的，或按时的。 Only late ones, or the others.", None)
    handed: bool | None = told("只看已上缴的，或未上缴的。 Only those handed over, or not.", None)
    void: bool | None = told("只看已作废的，或有效的。 Only void ones, or the others.", None)


@strawberry.input(description="欠交的筛选条件。 What the arrears must be.")
class DuesArrearsFilter:
    waiting: bool | None = told("只看须核实而未核实的。 Only those that wait to be answered.", None)
    settled: bool | None = told("只看已补齐的，或未补齐的。 Only those made up, or not.", None)
    level: int | None = told("只看这个月数的。 Only of this many months.", None)


def _inside(row: Any, args: Any, env: Any) -> Any:
    return places.in_year(row, args, env) & places.of_members_inside(row, args, env)


def _of_units(row: Any, args: Any, env: Any) -> Any:
    return places.in_year(row, args, env) & places.of_organizations_inside(row, args, env)


def _member(row: Any, args: Any, env: Any) -> Any:
    return row.c.member_id == args.row("filter.member", "Member")


@strawberry.type
class DuesQuery:
    @connection(
        where=_inside,
        order=lambda row: [row.c.member_id, row.c.month],
        filters={
            "filter.month": lambda row, args, env: row.c.month == args.bind("filter.month"),
            "filter.state": lambda row, args, env: (
                months.state(row, env) == args.bind("filter.state")
            ),
            "filter.member": _member,
        },
    )
    def dues_months(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: DuesMonthFilter | None = None,
    ) -> Connection[DuesMonth]:
        """某年度各党员各月党费。 The months of a year, member by member."""

    @connection(
        where=_inside,
        order=lambda row: [row.c.member_id, row.c.from_month],
        filters={
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
            "filter.member": _member,
        },
    )
    def dues_bases(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: DuesBaseFilter | None = None,
    ) -> Connection[DuesBase]:
        """某年度的党费基数。 Bases of a year."""

    @connection(
        where=_of_units,
        order=lambda row: [row.c.paid_on.desc(), row.c.serial.desc()],
        filters={
            "filter.member": _member,
            "filter.late": lambda row, args, env: (
                (row.c.late_months > 0) == args.bind("filter.late")
            ),
            "filter.handed": lambda row, args, env: (
                row.c.handover_id.is_not(None) == args.bind("filter.handed")
            ),
            "filter.void": lambda row, args, env: (
                row.c.voided_on.is_not(None) == args.bind("filter.void")
            ),
        },
    )
    def dues_payments(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: DuesPaymentFilter | None = None,
    ) -> Connection[DuesPayment]:
        """某年度收到的党费，最近的在前。 Payments of a year, the latest first."""

    @connection(
        where=places.of_members_inside,
        order=lambda row: [row.c.reached_on.desc(), row.c.level.desc()],
        filters={
            "filter.waiting": lambda row, args, env: (
                (row.c.asks & row.c.answered_on.is_(None) & row.c.settled_on.is_(None))
                == args.bind("filter.waiting")
            ),
            "filter.settled": lambda row, args, env: (
                row.c.settled_on.is_not(None) == args.bind("filter.settled")
            ),
            "filter.level": lambda row, args, env: row.c.level == args.bind("filter.level"),
        },
    )
    def dues_arrears(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: DuesArrearsFilter | None = None,
    ) -> Connection[DuesArrears]:
        """连续未交党费达到提醒月数的记录。 Long arrears, the latest first."""

    @connection(where=_of_units, order=lambda row: [row.c.until.desc(), row.c.id])
    def dues_handovers(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[DuesHandover]:
        """某年度的党费上缴。 Hand-overs of a year, the latest first."""

    @connection(
        where=places.of_organizations_inside,
        order=lambda row: [row.c.year.desc(), row.c.published_on.desc(), row.c.id],
        filters={"year": lambda row, args, env: row.c.year == args.bind("year")},
    )
    def dues_publications(
        self,
        organization: strawberry.ID,
        first: int,
        year: int | None = None,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[DuesPublication]:
        """党费收缴情况的公布，年度最近的在前。 Publications of dues, the latest year first."""
