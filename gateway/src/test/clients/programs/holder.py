"""A flow that holds the one slot of a limit for some seconds. Prints when it begins and ends."""

import os
import time

from prefect import flow
from prefect.concurrency.sync import concurrency


@flow
def work():
    with concurrency("restarts", strict=True, raise_on_lease_renewal_failure=True):
        print("begin", time.time(), flush=True)
        time.sleep(float(os.environ["SECONDS"]))
        print("end", time.time(), flush=True)


work()
