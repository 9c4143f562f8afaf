"""Which way a correction goes, and what it is called."""

from collections.abc import Collection

PLAIN = "core.member_correction"
SENSITIVE = "core.member_correction_sensitive"

# What each field is called where people read of a correction.
NAMES = {
    "name": "姓名",
    "gender": "性别",
    "birth_date": "出生日期",
    "nation": "民族",
    "education": "学历",
    "kind": "人员类别",
    "admitted_on": "入党日期",
    "full_on": "转正日期",
    "note": "备注",
    "group_id": "党小组",
    "identity_number": "公民身份号码",
    "phone": "手机号",
}


def procedure_of(fields: Collection[str], sensitive: Collection[str]) -> str:
    """The procedure that a correction of these fields takes."""
    return SENSITIVE if {*fields} & {*sensitive} else PLAIN


def title_of(name: str, fields: Collection[str]) -> str:
    """In a line, for whoever decides."""
    told = "、".join(NAMES[field] for field in NAMES if field in fields)
    return f"更正{name}的{told}"
