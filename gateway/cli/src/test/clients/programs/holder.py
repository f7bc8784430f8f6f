"""A flow that holds the one slot of a limit until a file exists. Prints when it begins and ends."""

import os
import sys
import time

from prefect import flow
from prefect.concurrency.sync import concurrency


@flow
def work():
    with concurrency("restarts", strict=True, raise_on_lease_renewal_failure=True):
        print("begin", time.time(), flush=True)
        while not os.path.exists(sys.argv[1]):
            time.sleep(0.1)
        print("end", time.time(), flush=True)


work()
