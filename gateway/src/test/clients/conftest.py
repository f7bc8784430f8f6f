import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from servers import Limits, PrefectServer, Proxy

# Told to stop, the tests end the servers that they started, as after Ctrl-C.
signal.signal(signal.SIGTERM, signal.default_int_handler)

PROGRAMS = Path(__file__).parent / "programs"
PREFECT = Path(sys.executable).parent / "prefect"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("clients")


@pytest.fixture(scope="session")
def limits(folder):
    server = Limits(folder)
    try:
        server.start()
        yield server
    finally:
        server.end()


@pytest.fixture(scope="session")
def prefect_server(folder):
    server = PrefectServer(folder, PREFECT)
    try:
        server.start()
        yield server
    finally:
        server.end()


@pytest.fixture(scope="session")
def proxy(folder, limits, prefect_server):
    if not shutil.which("nginx"):
        pytest.skip("no nginx")
    server = Proxy(folder, limits, prefect_server)
    try:
        server.start()
        yield server
    finally:
        server.end()


class Client:
    """Prefect's client, as a process of its own whose PREFECT_API_URL is the only thing that was changed."""

    def __init__(self, folder, url):
        self.started = []
        self.environment = {
            **os.environ,
            "PREFECT_HOME": str(folder / "prefect-client"),
            "PREFECT_API_URL": f"{url}/api",
            "PREFECT_LOGGING_LEVEL": "INFO",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            # On a busy machine a restart takes longer than the minute that five tries last.
            "PREFECT_CLIENT_MAX_RETRIES": "7",
            "DO_NOT_TRACK": "1",
            "NO_COLOR": "1",
            "COLUMNS": "300",
            "PYTHONUNBUFFERED": "1",
        }

    def cli(self, *arguments):
        """Exit code and all that was printed."""
        done = self.start([PREFECT, *arguments])
        out, _ = done.communicate(timeout=180)
        return done.returncode, out

    def program(self, name, *arguments, **environment):
        return self.start([sys.executable, PROGRAMS / name, *arguments], environment)

    def start(self, command, environment=None):
        process = subprocess.Popen(
            [str(part) for part in command],
            env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def end(self):
        """Ends what is left of a test that failed."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.communicate()


@pytest.fixture
def client(folder, limits):
    client = Client(folder, limits.url)
    yield client
    client.end()


@pytest.fixture
def proxied(folder, proxy):
    client = Client(folder, proxy.url)
    yield client
    client.end()
