import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from servers import Limits, PrefectServer, Proxy

# Stopped by a signal, the tests end the servers that they started, as after Ctrl-C.
signal.signal(signal.SIGTERM, signal.default_int_handler)

PROGRAMS = Path(__file__).parent / "programs"
PREFECT = Path(sys.executable).parent / "prefect"

# Far beyond what a program needs that asks a server: see PATIENCE_SECONDS.
PROGRAM_SECONDS = 240


def needs_prefect_server(test):
    return "proxy" in test.fixturenames


def pytest_collection_modifyitems(items):
    """Those beside Prefect's server come last: it starts meanwhile."""
    items.sort(key=needs_prefect_server)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("clients")


@pytest.fixture(scope="session", autouse=True)
def servers(request, folder):
    """The servers that the chosen tests need, all launched at once."""
    limits, prefect_server = Limits(folder), PrefectServer(folder, PREFECT)
    try:
        limits.launch()
        if shutil.which("nginx") and any(map(needs_prefect_server, request.session.items)):
            prefect_server.launch()
        yield limits, prefect_server
    finally:
        prefect_server.end()
        limits.end()


@pytest.fixture(scope="session")
def limits(servers):
    servers[0].await_ready()
    return servers[0]


@pytest.fixture(scope="session")
def proxy(folder, limits, servers):
    """Both servers behind one address."""
    if not shutil.which("nginx"):
        pytest.skip("no nginx")
    servers[1].await_ready()
    proxy = Proxy(folder, limits, servers[1])
    try:
        proxy.launch()
        proxy.await_ready()
        yield proxy
    finally:
        proxy.end()


@pytest.fixture(scope="session")
def prefect_server(proxy, servers):
    return servers[1]


class Client:
    """Prefect's client, as a process of its own whose PREFECT_API_URL is the only thing that was changed."""

    def __init__(self, folder, url):
        self.started = []
        self.api = f"{url}/api"
        self.environment = {
            **os.environ,
            "PREFECT_HOME": str(folder / "prefect-client"),
            "PREFECT_API_URL": self.api,
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
        return self.finish(self.start([PREFECT, *arguments]))

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

    @staticmethod
    def finish(process):
        """Exit code and all that was printed."""
        out, _ = process.communicate(timeout=PROGRAM_SECONDS)
        return process.returncode, out

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
