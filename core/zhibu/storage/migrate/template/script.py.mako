"""${message}."""
<%
def plain(operations):
    lines = [line for line in (operations or "").split("\n") if "# ###" not in line]
    return "\n".join(lines).strip() or "pass"
%>
import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${plain(upgrades)}


def downgrade() -> None:
    ${plain(downgrades)}
