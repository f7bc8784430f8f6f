"""Serves a flow as a deployment of which one run at a time is allowed; each run holds a slot of another limit too."""

import os
import sys
import time

from prefect import flow
from prefect.concurrency.sync import concurrency


@flow(name="deployed", log_prints=True)
def work():
    with concurrency("database", strict=True):
        with open(sys.argv[1] if len(sys.argv) > 1 else os.environ["RUNS"], "a") as runs:
            runs.write(f"begin {time.time()}\n")
            runs.flush()
            time.sleep(float(os.environ["SECONDS"]))
            runs.write(f"end {time.time()}\n")


if __name__ == "__main__":
    work.serve(name="one-at-a-time", global_limit=1)
