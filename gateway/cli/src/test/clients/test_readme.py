"""The examples of README.md, run as they are written; twice, since a reader may."""

import re
import subprocess

from servers import ROOT, eventually


def section(title, following):
    page = (ROOT / "README.md").read_text()
    section = page[page.index(f"## {title}\n") : page.index(f"## {following}\n")]
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE))


def run(script, limits):
    script = script.replace("localhost:8080", f"127.0.0.1:{limits.port}") + "\nwait\n"
    done = subprocess.run(["sh", "-eu", "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def statuses(output):
    return re.findall(r"HTTP/1.1 (\d+)", output)


def test_first_steps(limits):
    for _ in range(2):
        output = run(section("First steps", "What a limit can say"), limits)
        assert statuses(output) == ["429", "201"], output
        assert '"slotDecayPerSecond":5' in output
        eventually(lambda: limits.occupied("database") == 0, "the last lease expires")


def test_what_a_limit_can_say(limits):
    for left in (999, 998):
        output = run(section("What a limit can say", "A call of a language model"), limits)
        assert statuses(output) == ["201", "201", "429", "201"], output
        assert f'RateLimit: "quota-0";r={left};t=' in output
        assert "/problems/key-full" in output
        # The one with the head start came second, and is served first.
        assert granted_at("hotfix", output) < granted_at("nightly", output)
        assert re.search(r'"key":"blue","occupied":5,.*"key":"red","occupied":5,', output), output
        eventually(lambda: limits.occupied("gpu") == 0 and limits.occupied("import") == 0, "the last leases expire")
        eventually(lambda: limits.occupied("deploy") == 0, "the last lease expires")


def granted_at(holder, output):
    """Where the answer to a holder begins; in the list of waiters the place comes first."""
    return re.search(r'\{"leaseId":[^{}]*"holder":"%s"' % holder, output).start()


def test_call_of_a_language_model(limits):
    for taken in (812, 1624):
        output = run(section("A call of a language model", "Read on"), limits)
        assert '"used":812' in output, output
        assert f'"taken":{taken},' in output.splitlines()[-1], output
