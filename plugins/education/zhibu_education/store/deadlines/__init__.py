"""What of a year is not done: hours, branches' years, leaders' lectures, and plans."""

from zhibu_education.store.deadlines.hours import behind, certificates, unfinished
from zhibu_education.store.deadlines.yearly import lectures, plans

__all__ = ["behind", "certificates", "lectures", "plans", "unfinished"]
