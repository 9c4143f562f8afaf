"""The workbook of organizations: a row founds a unit, or changes what it is called."""

from zhibu.organizations.sheets.units.checking import check
from zhibu.organizations.sheets.units.columns import COLUMNS, KINDS
from zhibu.organizations.sheets.units.exporting import read
from zhibu.organizations.sheets.units.writing import write

__all__ = ["COLUMNS", "KINDS", "check", "read", "write"]
