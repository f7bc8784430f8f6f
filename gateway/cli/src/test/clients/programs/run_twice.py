"""Two runs of a deployment of which one at a time is allowed; prints how they ended."""

import asyncio

from prefect.deployments import run_deployment


async def main():
    runs = await asyncio.gather(*(run_deployment("deployed/one-at-a-time", timeout=200, poll_interval=1) for _ in range(2)))
    print(*(run.state.type.value for run in runs))


asyncio.run(main())
