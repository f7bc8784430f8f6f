"""`concurrency` and `rate_limit` of Prefect's SDK."""

import re

import pytest


@pytest.mark.parametrize("way", ["sync", "async"])
def test_holds_slots_and_takes_turns(client, limits, way):
    limits.put("slots", 3)
    # Two at once, then one each half second.
    limits.put("turns", 2, 2)

    program = client.program("slots.py", way)
    said, _ = program.communicate(timeout=180)

    assert program.returncode == 0, said
    assert "Unable to connect" not in said
    # Six turns: two of them at once, the others one after the other. What the client waits beyond that is its own.
    assert float(re.search(r"turns took ([\d.]+)", said)[1]) >= 1.9
    assert limits.occupied("slots") == 0
