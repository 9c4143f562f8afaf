"""What the parameters in force say about dispositions, at a place and on a day."""

from datetime import date

from zhibu.act import Act
from zhibu_discipline.rules.files import FileDocument
from zhibu_discipline.rules.files import file_documents as file_documents_of
from zhibu_discipline.rules.grounds import Ground, grounds
from zhibu_discipline.rules.proposing import Demands
from zhibu_discipline.rules.referrals import Punishment
from zhibu_discipline.rules.referrals import punishments as punishments_of


def catalogue(act: Act, path: str, on: date) -> list[Ground]:
    """The grounds that hold there that day, each with the document behind it (A-01)."""
    found = act.parameters.value("discipline.grounds", path, on)
    return grounds(found.value or (), found.basis)


def ground(act: Act, code: str, path: str, on: date) -> Ground | None:
    return next((each for each in catalogue(act, path, on) if each.code == code), None)


def punishments(act: Act, path: str, on: date) -> list[Punishment]:
    """The discipline punishments that hold there that day."""
    return punishments_of(act.parameters.value("discipline.punishments", path, on).value or ())


def punishment(act: Act, code: str | None, path: str, on: date) -> Punishment | None:
    return next((each for each in punishments(act, path, on) if each.code == code), None)


def file_documents(act: Act, path: str, on: date) -> list[FileDocument]:
    """The documents that a member's file must have there that day (S3C-35)."""
    found = act.parameters.value("discipline.file_documents", path, on).value
    return file_documents_of(found or ())


def demands(act: Act, path: str) -> Demands:
    return Demands(
        most_months=act.parameters.whole("discipline.correction_months", path, act.today) or 0,
        notice=act.parameters.yes("discipline.notice", path, act.today),
    )


def days(act: Act, name: str, path: str) -> int:
    return act.parameters.whole(f"discipline.{name}", path, act.today) or 0
