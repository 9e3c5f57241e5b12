"""A short run of `tests.benchmarks.chaos`: killed at random under load and faults, nothing doubled, lost or stale."""

from tests.benchmarks.chaos import runs, total


async def test_killed_at_random_the_bot_keeps_its_word() -> None:
    done = await runs(8, 20261125, 2, tell=False)
    assert all(one.good for one in done), [(one.line(), one.verdict.details, one.wrong) for one in done if not one.good]
    assert total(done).endswith("doubled 0, lost 0, stale 0")
    assert sum(one.hits for one in done) >= len(done)


async def test_without_its_safeguards_it_does_not() -> None:
    """A check that cannot fail would prove nothing."""
    [one] = await runs(1, 20261125, 1, "settle", tell=False)
    assert not one.good
