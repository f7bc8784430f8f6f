"""The processes that the tests talk to, each on ports of its own and on 127.0.0.1 only."""

import json
import os
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[5]
JAR = Path(os.environ.get("LIMITS_JAR", ROOT / "gateway/target/limits.jar"))
PROXY_RULES = ROOT / "compose/prefect-proxy.conf"
HOST = "127.0.0.1"

# Far beyond what an idle machine needs: these tests run beside others on two cores.
PATIENCE_SECONDS = 120


def free_port():
    """Below those that the system gives to outgoing connections, one of which could take it meanwhile."""
    while True:
        with socket.socket() as probe:
            port = random.randrange(20_000, 32_000)
            try:
                probe.bind((HOST, port))
                return port
            except OSError:
                continue


def eventually(condition, what, seconds=PATIENCE_SECONDS):
    """The first value of the condition that is true, which may take a while."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.1)


def request(url, method="GET", body=None, headers=None):
    """Status and body of an answer; status 0 if there was none."""
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, _json(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, _json(refused.read())
    except OSError:
        return 0, None


def answered(*arguments):
    """As request, until it is answered: while its database is locked Prefect's server says 503, and clients ask again."""

    def answer():
        status, body = request(*arguments)
        return None if status in (0, 502, 503) else (status, body)

    return eventually(answer, f"{arguments[0]} is answered")


def _json(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


class Service:
    """A process that ends with the test, whatever becomes of it."""

    def __init__(self, folder, name):
        self.log = folder / f"{name}.log"
        self.process = None
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"

    def command(self):
        raise NotImplementedError

    def environment(self):
        return {}

    def ready_path(self):
        raise NotImplementedError

    def launch(self):
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                [str(part) for part in self.command()],
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def await_ready(self):
        url = self.url + self.ready_path()

        def is_ready():
            assert self.process.poll() is None, f"ended with {self.process.returncode}:\n{self.tail()}"
            return request(url)[0] == 200

        try:
            eventually(is_ready, f"{url} answers")
        except AssertionError as late:
            raise AssertionError(f"{late}; its log ends with\n{self.tail()}") from None

    def restart(self, by):
        self.end(by)
        self.launch()
        self.await_ready()

    def tail(self):
        return self.log.read_text(errors="replace")[-4000:]

    def end(self, by=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(by)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Limits(Service):
    """Limit Ledger: broker, ledger and gateway in one process, as `limits serve` starts them."""

    def __init__(self, folder):
        super().__init__(folder, "limits")
        self.data = folder / "limits-data"
        self.kafka_port = free_port()
        self.broker = f"{HOST}:{self.kafka_port}"

    def command(self):
        # Only the first compiler: the process lives too short for the second to pay.
        java = ["java", "-XX:TieredStopAtLevel=1", "-jar", JAR]
        return java + ["serve", "--port", self.port, "--kafka-port", self.kafka_port, "--data-dir", self.data]

    def ready_path(self):
        return "/readyz"

    def put(self, name, limit, decay=0):
        status, _ = request(
            f"{self.url}/v1/limits/{name}", "PUT", {"limit": limit, "slotDecayPerSecond": decay}
        )
        assert status in (200, 201)

    def occupied(self, name):
        return request(f"{self.url}/v1/limits/{name}")[1]["occupied"]

    def waiting(self, name):
        return request(f"{self.url}/v1/limits/{name}")[1]["waiting"]


class PrefectServer(Service):
    """The real server of Prefect."""

    def __init__(self, folder, prefect):
        super().__init__(folder, "prefect-server")
        self.prefect = prefect
        self.home = folder / "prefect-server"

    def command(self):
        return [self.prefect, "server", "start", "--host", HOST, "--port", self.port, "--no-ui"]

    def environment(self):
        return {
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": f"{self.url}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            # A run that found its deployment's limit full asks again after this, instead of 30 s.
            "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
        }

    def ready_path(self):
        return "/api/health"


class Proxy(Service):
    """nginx with the rules of compose/prefect-proxy.conf, other than whom they name."""

    def __init__(self, folder, limits, prefect_server):
        super().__init__(folder, "nginx")
        self.folder = folder / "nginx"
        self.folder.mkdir()
        rules = (
            PROXY_RULES.read_text()
            .replace("server limits:8080;", f"server {HOST}:{limits.port};")
            .replace("server prefect:4200;", f"server {HOST}:{prefect_server.port};")
            .replace("listen 4200;", f"listen {HOST}:{self.port};")
        )
        (self.folder / "rules.conf").write_text(rules)
        temporary = "\n".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            f"{user} daemon off; worker_processes 1; pid {self.folder}/pid; error_log stderr warn;\n"
            f"events {{ worker_connections 512; }}\n"
            f"http {{ access_log {self.folder}/access.log; {temporary} include {self.folder}/rules.conf; }}\n"
        )

    def command(self):
        return ["nginx", "-p", self.folder, "-e", "stderr", "-c", self.folder / "nginx.conf"]

    def ready_path(self):
        return "/api/health"
