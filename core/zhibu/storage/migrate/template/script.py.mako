"""${message}."""
<%
def plain(operations):
    lines = [line for line in (operations or "").split("\n") if "# ###" not in line]
    return "\n".join(lines).strip() or "pass"


def quoted(revision):
    return f'"{revision}"' if revision else "None"
%>
import sqlalchemy as sa
from alembic import op
% if "rls." in (upgrades or ""):

from zhibu.storage import rls
% endif

revision = ${quoted(up_revision)}
down_revision = ${quoted(down_revision)}


def upgrade() -> None:
    ${plain(upgrades)}


def downgrade() -> None:
    ${plain(downgrades)}
