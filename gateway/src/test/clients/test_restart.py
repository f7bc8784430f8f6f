"""Limit Ledger ends and starts again while flows hold slots and wait for them."""

import json
import re
import signal

import pytest

from servers import eventually


@pytest.mark.parametrize(
    "end, headers",
    [(signal.SIGTERM, {}), (signal.SIGKILL, {}), (signal.SIGTERM, {"Prefer": "wait=45"})],
    ids=["stopped", "killed", "stopped while they wait in line"],
)
def test_flows_that_hold_and_wait(proxied, limits, end, headers):
    limits.put("restarts", 1)
    asked = {"PREFECT_CLIENT_CUSTOM_HEADERS": json.dumps(headers)} if headers else {}
    flows = [proxied.program("holder.py", SECONDS="6", **asked) for _ in range(3)]
    eventually(lambda: limits.occupied("restarts") == 1, "a flow holds")
    if headers:
        eventually(lambda: limits.waiting("restarts") == 2, "the others wait")

    limits.end(end)
    limits.start()
    said = [flow.communicate(timeout=240)[0] for flow in flows]

    assert [flow.returncode for flow in flows] == [0, 0, 0], "\n".join(said)
    times = sorted(
        tuple(float(re.search(rf"^{moment} ([\d.]+)", one, re.MULTILINE)[1]) for moment in ("begin", "end"))
        for one in said
    )
    assert all(before[1] <= after[0] for before, after in zip(times, times[1:])), times
    assert limits.occupied("restarts") == 0
