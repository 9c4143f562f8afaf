"""Where members away concentrate."""

from uuid import UUID

from zhibu.basis import Basis
from zhibu_flow_members.rules.registers import concentrations

BASIS = Basis(document="流动党员活动证使用说明", article="三人以上", value="3 人")
HOST = UUID(int=1)


def test_those_whom_one_organization_takes_in_are_together_wherever_they_live() -> None:
    places = [("甲市", HOST), ("乙市", HOST), ("甲市", None), ("甲市", None), ("丙市", HOST)]
    [found] = concentrations(places, least=3, basis=BASIS)
    assert (found.host_id, found.members) == (HOST, 3)


def test_two_are_not_many_and_no_number_means_never() -> None:
    assert concentrations([("甲市", None)] * 2, least=3, basis=BASIS) == []
    assert concentrations([("甲市", None)] * 9, least=0, basis=BASIS) == []
