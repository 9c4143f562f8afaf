# zhibu-sample-dashed

Records of members, each with its day and title: entered by the branch, seen by whoever may see the
member, imported from a workbook, and shown on `Member` in GraphQL.

| to change | open |
|---|---|
| what is recorded | `tables.py`, then write the migration (below) |
| what is refused, and why | `rules.py`, `errors.py`, `parameters/rules.yaml` |
| who may do what | `actions.py`, `policy.csv` |
| what clients see | `graph.py`, `reads.py` |
| the workbook | `sheets.py` |
| what people read | `locale/` |

In the environment that has zhibu (in the folder of the house: `. .venv/bin/activate`):

```
pip install -e . --no-deps --no-build-isolation
ruff check . && ruff format --check . && mypy

# what is wrong with it, in words
python -m zhibu.testing.contract sample

# on SQLite and on PostgreSQL
pytest

# the migration that tables.py lacks
python -m zhibu.testing.revision sample "message"
```

Switched on per organization, like every plugin; without that nothing of it is in the schema.
