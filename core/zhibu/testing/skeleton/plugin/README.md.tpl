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

```
pip install -e . --no-deps --no-build-isolation     # beside an installed zhibu
python -m zhibu.testing.contract sample             # what is wrong with it, in words
pytest                                              # on SQLite and on PostgreSQL
python -m zhibu.testing.revision sample "message"   # the migration that tables.py lacks
```

Switched on per organization, like every plugin; without that nothing of it is in the schema.
