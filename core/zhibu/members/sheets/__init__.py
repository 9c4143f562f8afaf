"""The workbook of members."""

from zhibu.contributions import Sheet
from zhibu.core_actions import MEMBER_IMPORT
from zhibu.members.sheets.checking import check, check_row
from zhibu.members.sheets.columns import COLUMNS
from zhibu.members.sheets.exporting import read
from zhibu.members.sheets.writing import write

MEMBERS = Sheet(
    name="members",
    title="党员名册",
    columns=COLUMNS,
    permission=MEMBER_IMPORT,
    key=("identity_number",),
    partial=True,
    check_row=check_row,
    check=check,
    write=write,
    read=read,
)
SHEETS = (MEMBERS,)
