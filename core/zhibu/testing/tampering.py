"""Tampering with a ledger, for tests of what finds it."""

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import NullPool, create_engine, text

from zhibu.events.chain import genesis, link
from zhibu.settings import Settings

COUNT = 40  # entries that the attacks expect


class Attacker:
    """Somebody with every right on the database, and none on the folder of the notes."""

    def __init__(self, settings: Settings, tenant_id: UUID) -> None:
        self.tenant_id = tenant_id
        if settings.database == "sqlite":
            (file,) = settings.data.rglob(f"*{tenant_id.hex}*.db")
            self.engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
            self.tenant: Any = tenant_id.hex
        else:
            assert settings.owner_database is not None
            url = settings.owner_database.replace("postgresql://", "postgresql+psycopg://")
            self.engine = create_engine(url, poolclass=NullPool)
            self.tenant = tenant_id

    def run(self, *statements: str, **values: Any) -> list[Any]:
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL app.tenant_id = '{self.tenant_id}'")
            found: list[Any] = []
            for statement in statements:
                result = connection.execute(text(statement), {"t": self.tenant, **values})
                found = list(result) if result.returns_rows else []
                touched = result.rowcount
                assert result.returns_rows or touched, statement
        return found

    def chained_anew(self) -> None:
        """Number and link every entry again, as whoever knows the code can."""
        rows = self.run("SELECT seq, body FROM core_ledger WHERE tenant_id = :t ORDER BY seq")
        previous = genesis(self.tenant_id)
        for new, (seq, body) in enumerate(rows, 1):
            said = {**orjson.loads(body), "seq": new}
            raw = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
            hashed = link(previous, raw)
            self.run(
                "UPDATE core_ledger SET seq = :new, body = :body, previous = :previous,"
                " hash = :hash WHERE tenant_id = :t AND seq = :seq",
                new=new,
                seq=seq,
                body=raw.decode(),
                previous=previous,
                hash=hashed,
            )
            previous = hashed
        self.run(
            "UPDATE core_ledger_head SET seq = :seq, hash = :hash WHERE tenant_id = :t",
            seq=len(rows),
            hash=previous,
        )


def edit_a_row(attacker: Attacker, said: str = "张某", forged: str = "王某") -> None:
    attacker.run(
        "UPDATE core_ledger SET body = replace(body, :said, :forged)"
        " WHERE tenant_id = :t AND seq = 20",
        said=said,
        forged=forged,
    )


def delete_one_in_the_middle(attacker: Attacker) -> None:
    attacker.run("DELETE FROM core_ledger WHERE tenant_id = :t AND seq = 20")


def swap_two(attacker: Attacker) -> None:
    for old, new in ((10, -1), (11, 10), (-1, 11)):
        attacker.run(
            "UPDATE core_ledger SET seq = :new WHERE tenant_id = :t AND seq = :old",
            old=old,
            new=new,
        )


def insert_a_forged_one(attacker: Attacker) -> None:
    attacker.run(
        "INSERT INTO core_ledger (tenant_id, seq, id, at, event, subject_kind, facts, body,"
        " previous, hash) SELECT tenant_id, :new, id, at, event, subject_kind, facts, body,"
        " previous, hash FROM core_ledger WHERE tenant_id = :t AND seq = 20",
        new=COUNT + 1,
    )


def edit_a_column(attacker: Attacker) -> None:
    attacker.run("UPDATE core_ledger SET member_id = NULL WHERE tenant_id = :t AND seq = 20")


def cut_the_tail(attacker: Attacker) -> None:
    attacker.run("DELETE FROM core_ledger WHERE tenant_id = :t AND seq > 30")


def cut_the_tail_and_mend_the_head(attacker: Attacker) -> None:
    cut_the_tail(attacker)
    attacker.chained_anew()


def edit_and_chain_anew(attacker: Attacker) -> None:
    edit_a_row(attacker)
    attacker.run(
        "UPDATE core_ledger SET facts = :facts WHERE tenant_id = :t AND seq = 20",
        facts='{"name": "王某", "hours": 3, "reason": "补录"}',
    )
    attacker.chained_anew()


def delete_number_and_chain_anew(attacker: Attacker) -> None:
    delete_one_in_the_middle(attacker)
    attacker.chained_anew()


def empty_the_table(attacker: Attacker) -> None:
    attacker.run(
        "DELETE FROM core_ledger WHERE tenant_id = :t",
        "DELETE FROM core_ledger_head WHERE tenant_id = :t",
    )
