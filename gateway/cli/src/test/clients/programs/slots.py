"""Holds slots and takes turns as the documentation of Prefect shows it, sync and async. Fails if anything is not as it says."""

import asyncio
import json
import os
import time
import urllib.request

from prefect.concurrency.asyncio import concurrency as aconcurrency
from prefect.concurrency.asyncio import rate_limit as arate_limit
from prefect.concurrency.sync import concurrency, rate_limit

TURNS = 6


def occupied():
    url = os.environ["PREFECT_API_URL"].replace("/api", "/v1/limits/slots")
    return json.load(urllib.request.urlopen(url))["occupied"]


def fails(error):
    return type(error).__name__ in ("ConcurrencySlotAcquisitionError", "AcquireConcurrencySlotTimeoutError", "TimeoutError")


def sync_way():
    with concurrency("slots", occupy=2):
        assert occupied() == 2
        try:
            with concurrency(["slots"], occupy=2, max_retries=0):
                raise AssertionError("more than there are")
        except Exception as error:
            assert fails(error), error
    assert occupied() == 0
    with concurrency("not-made"):
        pass
    try:
        with concurrency("not-made", strict=True):
            raise AssertionError("a limit that does not exist")
    except Exception as error:
        assert fails(error), error
    begin = time.monotonic()
    for _ in range(TURNS):
        rate_limit("turns")
    return time.monotonic() - begin


async def async_way():
    async with aconcurrency("slots", occupy=2):
        assert occupied() == 2
        try:
            async with aconcurrency(["slots"], occupy=2, max_retries=0):
                raise AssertionError("more than there are")
        except Exception as error:
            assert fails(error), error
    assert occupied() == 0
    begin = time.monotonic()
    for _ in range(TURNS):
        await arate_limit("turns")
    return time.monotonic() - begin


print(f"turns took {sync_way()}")
print(f"turns took {asyncio.run(async_way())}")
