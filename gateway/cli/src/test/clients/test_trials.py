"""Inputs that once came out wrong, each sent again from outside, to the jar.

Each test is named for its row in the lists of such inputs. Rows that need a broker with rights, damaged files, a stepping clock or a
heap that is full have tests in Java: RightsTest, DamagedDataTest, ClockStepsTest, StuckHeapTest.
"""

import concurrent.futures
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import uuid

import pytest

from servers import HOST, JAR, Limits, eventually, free_port, request

JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(JAR)]

# What no command line needs, however busy the machine.
COMMAND_SECONDS = 60


@pytest.fixture(scope="module", autouse=True)
def ready(limits):
    return limits


def run(*arguments, environment=None, before="", seconds=COMMAND_SECONDS):
    """Exit code and all that a command prints; `before` is what a shell does first."""
    command = [*JAVA, *map(str, arguments)]
    if before:
        command = ["bash", "-c", f'{before} exec "$@"', "bash", *command]
    done = subprocess.run(
        command,
        env={**os.environ, **(environment or {})},
        stdin=None if before else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=seconds,
    )
    return done.returncode, done.stdout.decode(errors="replace")


def acquire(limits, name, slots=1, **fields):
    return request(f"{limits.url}/v1/limits/{name}/leases", "POST", {"slots": slots, "leaseSeconds": 300, **fields})


def connect(limits, data=b""):
    connection = socket.create_connection((HOST, limits.port), 10)
    connection.sendall(data)
    return connection


def exchange(limits, data):
    """What comes back over a connection of its own within some seconds."""
    with connect(limits, data) as connection:
        connection.settimeout(10)
        try:
            return connection.recv(65_536).decode(errors="replace")
        except TimeoutError:
            return ""


def post(path, body, *headers):
    text = body if isinstance(body, str) else json.dumps(body)
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers]
    return ("\r\n".join(lines) + f"\r\nContent-Length: {len(text.encode())}\r\n\r\n{text}").encode()


class Bystander:
    """A holder that renews, and notes how long each renewal took."""

    def __init__(self, limits, name):
        self.limits = limits
        limits.put(name, 1)
        self.lease = acquire(limits, name, leaseSeconds=30)[1]["leaseId"]
        self.seconds = []
        self.statuses = set()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.renew)

    def renew(self):
        while not self.over.is_set():
            begun = time.monotonic()
            status, _ = request(f"{self.limits.url}/v1/leases/{self.lease}/renew", "POST", {"leaseSeconds": 30})
            self.seconds.append(time.monotonic() - begun)
            self.statuses.add(status)
            self.over.wait(0.2)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.over.set()
        self.thread.join()

    def was_served(self):
        assert self.statuses == {200}
        assert max(self.seconds) < 10, self.seconds


# A. Wrong


def test_a1_a4_a_restart_keeps_the_holders_and_tells_those_who_wait(limits):
    limits.put("a1", 1)
    limits.put("a1-too", 2)
    kept = acquire(limits, "a1")[1]["leaseId"]
    with concurrent.futures.ThreadPoolExecutor() as threads:
        waiting = [
            threads.submit(acquire, limits, "a1", waitSeconds=25),
            threads.submit(
                request, f"{limits.url}/v1/leases", "POST", {"limits": ["a1", "a1-too"], "leaseSeconds": 9, "waitSeconds": 25}
            ),
            threads.submit(
                request,
                f"{limits.url}/api/v2/concurrency_limits/increment",
                "POST",
                {"names": ["a1"], "slots": 1},
                {"Prefer": "wait=25"},
            ),
        ]
        eventually(lambda: limits.waiting("a1") >= 2, "they wait")
        limits.restart(signal.SIGTERM)
        # 0: a connection that was closed
        assert {answer.result()[0] for answer in waiting} <= {0, 423, 503}

    limits.put("a1", 3)
    acquire(limits, "a1")
    leases = request(f"{limits.url}/v1/limits/a1/leases")[1]["leases"]
    assert kept in [lease["leaseId"] for lease in leases]


def test_a3_locales_do_not_reach_files_and_protocols(folder):
    turkish, thai = (
        ["-Duser.language=tr", "-Duser.country=TR"],
        ["-Duser.language=th", "-Duser.country=TH", "-Duser.variant=TH"],
    )
    for options in (thai, turkish):
        server = Limits(folder)
        server.data = folder / "locale-data"
        server.log = folder / "locale.log"
        command = server.command()
        server.command = lambda: [command[0], *options, *command[1:]]
        try:
            server.launch()
            server.await_ready()
            assert request(f"{server.url}/v1/limits/a3", "PUT", {"limit": 2})[0] in (200, 201)
        finally:
            server.end()


def test_a5_clients_that_hang_up_hold_nothing(limits):
    limits.put("a5", 100)
    for _ in range(10):
        connect(limits, post("/v1/limits/a5/leases", {"slots": 1})).close()
    time.sleep(1)
    eventually(lambda: limits.occupied("a5") == 0, "nothing is held", 20)


def test_a6_a_run_that_is_ended_early_leaves_nothing(limits):
    limits.put("a6", 10)
    for tenths in (3, 6, 9, 12, 15):
        process = subprocess.Popen(
            [*JAVA, "run", "--url", limits.url, "--limit", "a6", "--lease", "5m", "sleep", "9"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(tenths / 10)
        process.terminate()
        assert process.wait(COMMAND_SECONDS) != 0
    eventually(lambda: limits.occupied("a6") == 0, "nothing is held", 20)


def test_a7_a_rate_that_stops_to_drain_keeps_no_slots(limits):
    limits.put("a7", 5, 0.01)
    assert acquire(limits, "a7", 3, leaseSeconds=0)[0] == 201
    assert request(f"{limits.url}/v1/limits/a7", "PATCH", {"slotDecayPerSecond": 0})[0] == 200
    assert limits.occupied("a7") == 0


def test_a8_an_id_names_one_lease(limits):
    lease = str(uuid.uuid4())
    limits.put("a8", 1)
    limits.put("a8-too", 1)
    assert acquire(limits, "a8", leaseId=lease)[0] == 201
    assert acquire(limits, "a8-too", leaseId=lease)[0] == 409
    assert request(f"{limits.url}/v1/leases/{lease}", "DELETE")[0] == 204
    assert limits.occupied("a8") == limits.occupied("a8-too") == 0


def test_a9_each_who_waits_under_an_id_is_answered(limits):
    limits.put("a9", 1)
    held = acquire(limits, "a9")[1]["leaseId"]
    lease = str(uuid.uuid4())
    with concurrent.futures.ThreadPoolExecutor() as threads:
        both = [threads.submit(acquire, limits, "a9", leaseId=lease, waitSeconds=25) for _ in range(2)]
        eventually(lambda: limits.waiting("a9") == 1, "they wait")
        time.sleep(0.5)
        request(f"{limits.url}/v1/leases/{held}", "DELETE")
        assert [answer.result()[0] for answer in both] == [201, 201]


@pytest.mark.parametrize("method,body", [("DELETE", None), ("PUT", {"limit": 1}), ("PATCH", {"limit": 1})])
def test_a10_what_the_product_keeps_for_itself_is_not_edited(limits, method, body):
    assert 400 <= request(f"{limits.url}/v1/limits/limit-ledger%3Anone", method, body)[0] < 500


# B. limits run


def test_b1_arguments_arrive_as_they_are(limits, tmp_path):
    limits.put("b1", 1)
    (tmp_path / "über.txt").write_text("what it says")
    path = os.environ["PATH"]
    code, out = run(
        "run", "--url", limits.url, "--limit", "b1", "cat", tmp_path / "über.txt", before=f"exec env -i PATH='{path}' \"$@\";"
    )
    assert (code, out) == (0, "what it says")


def test_b3_signals_reach_the_program(limits):
    limits.put("b3", 1)
    script = 'trap "echo one" USR1; trap "echo two" USR2; trap "echo three" ALRM; echo ready; for i in 1 2 3 4 5 6; do sleep 0.5; done'
    process = subprocess.Popen(
        [*JAVA, "run", "--url", limits.url, "--limit", "b3", "bash", "-c", script],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM):
        process.send_signal(number)
    out, _ = process.communicate(timeout=COMMAND_SECONDS)
    assert process.returncode == 0
    assert sorted(out.split()) == ["one", "three", "two"]


def test_b5_a_closed_input_is_no_file_of_the_product(limits):
    limits.put("b5", 1)
    code, out = run("run", "--url", limits.url, "--limit", "b5", "cat", before="exec <&-;")
    assert out in ("", "cat: -: Bad file descriptor\ncat: closing standard input: Bad file descriptor\n")


@pytest.mark.parametrize(
    "arguments,environment,said",
    [
        ("--limit a --lease 0s true", {}, "--lease"),
        ("--limit a --wait 2h true", {}, "--wait"),
        ("--limit a true", {"LIMITS_URL": ""}, "LIMITS_URL"),
        ("--limit a true", {"LIMITS_URL": "foo"}, "LIMITS_URL"),
        ("--limit a --slots 0 true", {}, "--slots"),
        ("--limit a --slots x true", {}, "--slots"),
        ("--limt a true", {}, "--limit"),
    ],
)
def test_b6_a_wrong_value_is_named_in_a_sentence(arguments, environment, said):
    code, out = run("run", *arguments.split(), environment=environment)
    assert code == 64
    assert said in out
    assert len(out.strip().splitlines()) <= 2, out


def test_b7_a_password_is_never_printed():
    code, out = run("run", "--url", f"http://user:s3cret@{HOST}:{free_port()}", "--limit", "b7", "true")
    assert code != 0
    assert "s3cret" not in out


def test_b8_a_lease_that_is_broken_ends_the_program(limits):
    limits.put("b8", 1)
    process = subprocess.Popen(
        [*JAVA, "run", "--url", limits.url, "--limit", "b8", "--lease", "60s", "sleep", "100"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    eventually(lambda: limits.occupied("b8") == 1, "it holds")
    lease = request(f"{limits.url}/v1/limits/b8/leases")[1]["leases"][0]["leaseId"]
    begun = time.monotonic()
    request(f"{limits.url}/v1/leases/{lease}", "DELETE")
    _, said = process.communicate(timeout=COMMAND_SECONDS)
    assert time.monotonic() - begun < 15
    assert "released" in said


# C. Mistakes


@pytest.mark.parametrize(
    "options,said",
    [("--port 99999", "99999"), ("--port -1", "-1"), ("--host no.such", "no.such"), ("--port {taken}", "{taken}")],
)
def test_c1_an_address_that_cannot_be_used_is_named_at_once(tmp_path, options, said):
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        data = tmp_path / "data"
        code, out = run("serve", "--data-dir", data, *options.replace("{taken}", port).split())
    assert code != 0
    assert said.replace("{taken}", port) in out
    assert "\tat " not in out
    assert not data.exists()


def test_c2_a_folder_that_is_a_file_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    code, out = run("serve", "--data-dir", file)
    assert code != 0
    assert str(file) in out
    assert "\tat " not in out


def test_c5_what_is_wrong_with_a_request_is_said(limits):
    limits.put("c5", 1)
    url = f"{limits.url}/v1/limits/c5"
    big = exchange(limits, post("/v1/limits/c5/leases", " " * 3_000_000))
    assert big.startswith("HTTP/1.1 413") and re.search(r"\d+ (bytes|kB|MB|KiB|MiB)", big), big
    assert request(url, "PUT", {"limit": 1}, {"Content-Encoding": "gzip"})[0] == 415
    assert request(url, "POST", {"limit": 1})[0] == 405
    assert "PUT /v1/limits/{name}" in request(f"{limits.url}/v1/limits", "POST", {"limit": 1})[1]["detail"]


def test_c7_a_misspelt_command_is_answered_with_the_nearest():
    code, out = run("serv")
    assert code == 2 and "serve" in out
    assert run("help")[0] == 0


# D. Small gaps


@pytest.mark.parametrize("decay", ["1e-400", "1e-300", "-1", '"1"', "1e400"])
def test_d_a_rate_that_cannot_be_is_refused(limits, decay):
    body = '{"limit": 1, "slotDecayPerSecond": %s}' % decay
    answer = exchange(limits, post("/v1/limits/d", body).replace(b"POST", b"PUT", 1))
    assert re.match(r"HTTP/1.1 4\d\d", answer), answer


@pytest.mark.parametrize("name", ["%2E", "%2E%2E"])
def test_d_names_that_clients_cannot_address_are_refused(limits, name):
    answer = exchange(limits, post(f"/v1/limits/{name}", {"limit": 1}).replace(b"POST", b"PUT", 1))
    assert re.match(r"HTTP/1.1 4\d\d", answer), answer


@pytest.mark.parametrize(
    "query,status", [("size=%D9%A1%D9%A0", 4), ("prefix=%FF", 4), ("prefix=&after=&size=", 2), ("size=10&prefix=a", 2)]
)
def test_d_parameters(limits, query, status):
    assert request(f"{limits.url}/v1/limits?{query}")[0] // 100 == status


def test_d_a_bare_percent_is_part_of_a_name(limits):
    asked = post("/api/v2/concurrency_limits/100%", {"limit": 3}).replace(b"POST", b"PATCH", 1)
    assert exchange(limits, asked).startswith("HTTP/1.1 404")


@pytest.mark.parametrize("number", ["1e400", "0.10000000000000000000001"])
def test_d_a_holder_whose_numbers_would_change_is_refused(limits, number):
    limits.put("d-holder", 1)
    answer = exchange(limits, post("/v1/limits/d-holder/leases", '{"slots": 1, "holder": {"n": %s}}' % number))
    assert answer.startswith("HTTP/1.1 422") and "numbers that a double has" in answer


def test_d_a_denial_says_who_holds(limits):
    limits.put("d-denied", 1)
    acquire(limits, "d-denied", holder="the night shift")
    status, denial = acquire(limits, "d-denied")
    assert status == 429 and "the night shift" in json.dumps(denial)


def test_d_prefects_protocol_is_chosen_among_those_offered(limits):
    said = exchange(
        limits,
        b"GET /api/events/in HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        b"Sec-WebSocket-Protocol: other, prefect\r\n\r\n",
    )
    assert said.startswith("HTTP/1.1 101") and re.search(r"(?i)sec-websocket-protocol: prefect\r", said), said


# E. Kafka as a neighbour


def kafka(limits):
    return pytest.importorskip("confluent_kafka"), {"bootstrap.servers": limits.broker}


def produce(limits, command, key, **headers):
    library, settings = kafka(limits)
    producer = library.Producer(settings)
    producer.produce("limits.commands", json.dumps(command), key, headers=[(name, value) for name, value in headers.items()])
    assert producer.flush(30) == 0


def ends(limits):
    """The end of each partition of each topic that is not being cleaned away."""
    library, settings = kafka(limits)
    consumer = library.Consumer({**settings, "group.id": "ends", "allow.auto.create.topics": False})
    try:
        topics = consumer.list_topics(timeout=30).topics.values()
        return {
            (topic.topic, partition): consumer.get_watermark_offsets(library.TopicPartition(topic.topic, partition), 30)[1]
            for topic in topics
            for partition in topic.partitions
        }
    finally:
        consumer.close()


def test_e1_a_reply_goes_to_no_topic_of_the_ledgers_own(limits):
    for topic in ("limit-ledger-state-changelog", "limits.events", "limits.commands", "limits.rejected"):
        produce(
            limits,
            {"type": "PutLimit", "version": 1, "limit": "e1", "definition": {"limit": 1, "slotDecayPerSecond": 0, "active": True}},
            "e1",
            **{"reply-topic": topic, "reply-partition": "0", "reply-key": "limit/vict", "correlation-id": "1"},
        )
    limits.put("e1-after", 1)
    assert acquire(limits, "e1-after")[0] == 201
    limits.restart(signal.SIGKILL)
    assert request(f"{limits.url}/v1/limits/e1-after")[1]["occupied"] == 1
    assert run("audit", "verify", "--bootstrap-servers", limits.broker)[0] == 0


def test_e12_an_idle_server_writes_next_to_nothing(folder):
    server = Limits(folder)
    server.data, server.log = folder / "idle-data", folder / "idle.log"
    try:
        server.launch()
        server.await_ready()
        before = ends(server)
        # What was begun by the start ends meanwhile.
        time.sleep(5)
        before, begun = ends(server), time.monotonic()
        time.sleep(20)
        after = ends(server)
        a_minute = sum(after[place] - before.get(place, 0) for place in after) * 60 / (time.monotonic() - begun)
        print(f"records a minute of an idle server: {a_minute:.0f}")
        assert a_minute <= 60
    finally:
        server.end()


# F. Hostile and unlucky clients


def test_f1_nobody_waits_for_those_who_do_not_read(limits):
    asked = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 60
    with Bystander(limits, "f1") as bystander:
        silent = [connect(limits, asked) for _ in range(12)]
        time.sleep(12)
        for connection in silent:
            connection.close()
    bystander.was_served()


def test_f2_few_descriptors_are_not_the_end(folder):
    server = Limits(folder)
    server.data, server.log = folder / "few-data", folder / "few.log"
    command = " ".join(str(part) for part in server.command())
    server.command = lambda: ["bash", "-c", f"ulimit -n 256; exec {command}"]
    idle = []
    try:
        server.launch()
        eventually(lambda: server.process.poll() is not None or request(server.url + "/readyz")[0] == 200, "ready, or ended")
        if server.process.poll() is not None:
            # Refused with a sentence: as good.
            assert re.search("(?i)ulimit|files", server.tail())
            return
        with Bystander(server, "f2") as bystander:
            for _ in range(150):
                try:
                    idle.append(connect(server))
                except OSError:
                    break
            time.sleep(10)
        bystander.was_served()
        assert server.process.poll() is None
    finally:
        for connection in idle:
            connection.close()
        server.end()


def test_f3_a_method_is_what_it_is(limits):
    limits.put("f3", 1)
    for method in ("GET", "HEAD", "OPTIONS"):
        request(f"{limits.url}/v1/limits/f3", method, None, {"X-HTTP-Method-Override": "DELETE"})
        request(f"{limits.url}/api/v2/concurrency_limits/f3", method, None, {"X-HTTP-Method-Override": "DELETE"})
    assert request(f"{limits.url}/v1/limits/f3")[0] == 200


def test_f4_a_wrong_host_fills_no_log(limits):
    before = limits.log.stat().st_size
    for _ in range(300):
        exchange(limits, b"GET /v1/limits HTTP/1.1\r\nHost: " + b"\xc2\x9b31m" * 200 + b"\r\nConnection: close\r\n\r\n")
    with open(limits.log, "rb") as log:
        log.seek(before)
        written = log.read()
    assert len(written) < 50_000 and b"\xc2\x9b" not in written


def test_f5_what_is_too_large_is_refused_before_it_is_sent(limits):
    asked = b"PUT /v1/limits/f5 HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1048576\r\n\r\n"
    assert exchange(limits, asked).startswith("HTTP/1.1 413")


def test_f12_those_who_hang_up_are_in_nobodys_way(limits):
    limits.put("f12", 1)
    limits.put("f12-too", 1)
    acquire(limits, "f12")
    body = {"limits": ["f12", "f12-too"], "leaseSeconds": 60, "waitSeconds": 60}
    waiting = [connect(limits, post("/v1/leases", body)) for _ in range(2_500)]
    counts = []

    def all_have_come():
        counts.append(limits.waiting("f12"))
        time.sleep(1)
        return len(counts) > 2 and counts[-1] > 1_000 and counts[-1] == counts[-3]

    eventually(all_have_come, "they wait")
    print(f"{counts[-1]} of 2500 wait, the others were refused at once")
    for connection in waiting:
        connection.close()
    statuses = {request(f"{limits.url}/v1/limits/f12-other", "PUT", {"limit": n + 1})[0] for n in range(50)}
    assert statuses <= {200, 201}
    eventually(lambda: limits.waiting("f12") == 0, "nobody waits")
    assert limits.occupied("f12-too") == 0


def test_f16_mistakes_are_counted_no_further_than_a_reader_goes(limits):
    names = [1] * 20_000
    with connect(limits, post("/api/v2/concurrency_limits/increment", {"names": names, "slots": 1}, "Connection: close")) as said:
        said.settimeout(20)
        answer = b""
        while part := said.recv(65_536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 422") and len(answer) < len(names) * 3


# G. Damaged data


def test_g4_a_damaged_file_is_named(folder):
    server = Limits(folder)
    server.data, server.log = folder / "idle-data", folder / "damaged.log"
    (properties,) = (server.data / "kafka").glob("meta.properties")
    whole = properties.read_bytes()
    properties.write_bytes(whole[: len(whole) // 2])
    try:
        server.launch()
        assert server.process.wait(COMMAND_SECONDS) != 0
        assert "meta.properties" in server.tail() and "\tat " not in server.tail()
    finally:
        server.end()
        properties.write_bytes(whole)
