"""Every statement about members; rows become values of `rules` here and nowhere else."""

from zhibu.members.store.history import (
    affiliations_of,
    carry_members,
    latest_arrival,
    regroup,
    save_affiliations,
    save_stages,
    stages_of,
    stages_on,
)
from zhibu.members.store.people import (
    hold_people,
    holders_of,
    left_before,
    living_at,
    people,
    people_on,
    person,
)
from zhibu.members.store.register import register_of
from zhibu.members.store.writing import (
    Sealed,
    insert_people,
    insert_person,
    save_person,
    sealed_field,
    sealed_of,
    update_people,
)

__all__ = [
    "Sealed",
    "affiliations_of",
    "carry_members",
    "hold_people",
    "holders_of",
    "insert_people",
    "insert_person",
    "latest_arrival",
    "left_before",
    "living_at",
    "people",
    "people_on",
    "person",
    "register_of",
    "regroup",
    "save_affiliations",
    "save_person",
    "save_stages",
    "sealed_field",
    "sealed_of",
    "stages_of",
    "stages_on",
    "update_people",
]
