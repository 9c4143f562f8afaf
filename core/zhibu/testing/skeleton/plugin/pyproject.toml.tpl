[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "zhibu-sample-dashed"
version = "0.1.0"
description = "What is recorded of members under the name of sample."
readme = "README.md"
requires-python = ">=3.11"
dependencies = [
    "zhibu>=0.1,<0.2",
]

[project.entry-points."zhibu.plugins"]
sample = "zhibu_sample.plugin"

[tool.hatch.build.targets.wheel]
packages = ["zhibu_sample"]

[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = ["--import-mode=importlib", "--strict-markers"]
asyncio_mode = "auto"
asyncio_default_fixture_loop_scope = "function"
markers = ["clause(*ids): the clauses of the source documents that this test proves"]

[tool.mypy]
strict = true
packages = ["zhibu_sample"]

[tool.ruff]
line-length = 100
target-version = "py311"

[tool.ruff.lint]
select = ["E", "F", "I", "UP", "B", "SIM", "RUF", "ASYNC", "PT"]
ignore = ["RUF001", "RUF002", "RUF003"] # Chinese punctuation is text here, not a look-alike

[tool.ruff.lint.isort]
known-first-party = ["zhibu", "zhibu_sample"]
