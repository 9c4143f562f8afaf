"""The workbooks of education."""

from zhibu.contributions import Sheet

SHEETS: list[Sheet] = []
