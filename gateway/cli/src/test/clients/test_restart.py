"""Limit Ledger is stopped, and then killed, while a flow holds a slot, another asks again and again, and a third waits in line."""

import json
import re
import signal

from servers import eventually

IN_LINE = {"PREFECT_CLIENT_CUSTOM_HEADERS": json.dumps({"Prefer": "wait=45"})}


def test_flows_that_hold_and_wait(proxied, limits, tmp_path):
    limits.put("restarts", 1)
    done = tmp_path / "done"
    flows = [proxied.program("holder.py", done)]
    eventually(lambda: limits.occupied("restarts") == 1, "a flow holds")
    flows += [proxied.program("holder.py", done), proxied.program("holder.py", done, **IN_LINE)]

    for end in signal.SIGTERM, signal.SIGKILL:
        eventually(lambda: limits.waiting("restarts") == 1, "another waits in line")
        limits.restart(end)
    done.touch()
    ended = [proxied.finish(flow) for flow in flows]

    said = [out for _, out in ended]
    assert [code for code, _ in ended] == [0, 0, 0], "\n".join(said)
    times = sorted(
        tuple(float(re.search(rf"^{moment} ([\d.]+)", one, re.MULTILINE)[1]) for moment in ("begin", "end"))
        for one in said
    )
    assert all(before[1] <= after[0] for before, after in zip(times, times[1:])), times
    assert limits.occupied("restarts") == 0
