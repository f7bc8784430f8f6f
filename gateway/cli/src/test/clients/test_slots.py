"""`concurrency` and `rate_limit` of Prefect's SDK."""

import re


def test_holds_slots_and_takes_turns(client, limits):
    limits.put("slots", 3)
    # Two at once, then one each half second.
    limits.put("turns", 2, 2)

    code, said = client.finish(client.program("slots.py"))

    assert code == 0, said
    assert "Unable to connect" not in said
    # Six turns: two of them at once, the others one after the other. What the client waits beyond that is its own.
    took = [float(seconds) for seconds in re.findall(r"turns took ([\d.]+)", said)]
    assert len(took) == 2 and min(took) >= 1.9, said
    assert limits.occupied("slots") == 0
