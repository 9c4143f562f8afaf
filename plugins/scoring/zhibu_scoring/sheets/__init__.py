"""Workbooks of scoring: annex 2 and annex 3, given out only."""

from zhibu_scoring.sheets.forms import ITEMS, SUMMARY

SHEETS = [SUMMARY, ITEMS]

__all__ = ["SHEETS"]
