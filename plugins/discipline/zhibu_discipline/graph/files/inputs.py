"""What checks of members' files are given."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told
from zhibu_discipline.graph.words import Condition, Custody
from zhibu_discipline.rules.files import Checking, Found, Keeping


@strawberry.input(description="一份材料的核查情况。 How one document was found.")
class DisciplineFileDocumentInput:
    document: str = told("材料代码（discipline.file_documents）。 The document, by its code.")
    condition: Condition = told("齐全、缺少或存疑。 There, missing or doubtful.")
    note: str | None = told("缺少或存疑的说明。 What is wrong with it.", None)

    def found(self) -> Found:
        return Found(document=self.document, condition=self.condition, note=self.note)


@strawberry.input(description="档案核查。 What was found of a member's file.")
class DisciplineFileChecklistInput:
    documents: list[DisciplineFileDocumentInput] = told("逐份材料。 Every document of the list.")
    checker: str = told("核查人。 Who looked at the file.")
    evidence: str = told("核查依据。 What it rests on.")
    on: date = told("核查日期。 When.")
    custody: Custody | None = told("存放方式，未落实的不填。 Where it is kept, if settled.", None)
    custodian: str | None = told("保管单位。 Who keeps it.", None)
    compiled_on: date | None = told("无人事档案的，建立党员档案日期。 When it was compiled.", None)

    def checking(self) -> Checking:
        return Checking(
            checker=self.checker,
            evidence=self.evidence,
            on=self.on,
            found=[each.found() for each in self.documents],
            keeping=Keeping(
                custody=self.custody, custodian=self.custodian, compiled_on=self.compiled_on
            ),
        )


@strawberry.input(description="登记档案核查。 A check of a member's file.")
class DisciplineFileCheckInput:
    member: strawberry.ID = told("党员。 The member.")
    checklist: DisciplineFileChecklistInput = told("核查情况。 What was found.")
    idempotency_key: str | None = key()


@strawberry.input(description="更正档案核查。 A check that is put right.")
class DisciplineFileCorrectInput:
    check: strawberry.ID = told("核查。 The check.")
    checklist: DisciplineFileChecklistInput = told("更正后的情况。 What was found in truth.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="补正档案材料。 A document that was made good.")
class DisciplineFileRepairInput:
    check: strawberry.ID = told("核查。 The check.")
    document: str = told("材料代码。 The document, by its code.")
    how: str = told("补正或核实情况。 How.")
    asked: str | None = told("存疑材料已联系的发出单位。 The organization that was asked.", None)
    on: date | None = told("日期，不填为今天。 When; today if null.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="落实档案保管。 Who keeps a file.")
class DisciplineFileKeepInput:
    check: strawberry.ID = told("核查。 The check.")
    custody: Custody = told("存放方式。 Where it is kept.")
    custodian: str = told("保管单位。 Who keeps it.")
    compiled_on: date | None = told("无人事档案的，建立党员档案日期。 When it was compiled.", None)
    version: int | None = None
    idempotency_key: str | None = key()

    def keeping(self) -> Keeping:
        return Keeping(custody=self.custody, custodian=self.custodian, compiled_on=self.compiled_on)


@strawberry.input(description="撤回误登的核查。 A check that is taken back.")
class DisciplineFileWithdrawInput:
    check: strawberry.ID = told("核查。 The check.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()
