"""How much is walked in a run of the suite."""

from tests.models import test_affiliations, test_hours, test_procedures, test_repeats


def test_a_run_takes_twenty_thousand_steps() -> None:
    """Each walk goes on until it has as many as its module says; one `ON_DISK` on each database.

    Of rules alone 18,000; of the services on SQLite in memory 1,600; on the two databases as they
    are installed 340 each.
    """
    on_rules = test_procedures.ON_RULES + test_affiliations.ON_RULES
    modules = (test_procedures, test_affiliations, test_hours, test_repeats)
    in_memory = sum(module.IN_MEMORY for module in modules)
    on_disk = sum(module.ON_DISK for module in modules)
    assert (on_rules, in_memory, on_disk) == (18_000, 1_600, 340)
    assert on_rules + in_memory + 2 * on_disk >= 20_000
