"""The first steps of README.md, run as they are written; twice, since a reader may."""

import re
import subprocess

from servers import ROOT, eventually


def first_steps():
    page = (ROOT / "README.md").read_text()
    section = page[page.index("## First steps") : page.index("## Read on")]
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE))


def test_first_steps(limits):
    script = first_steps().replace("localhost:8080", f"127.0.0.1:{limits.port}") + "\nwait\n"
    for _ in range(2):
        done = subprocess.run(["sh", "-eu", "-c", script], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        statuses = re.findall(r"HTTP/1.1 (\d+)", done.stdout)
        assert statuses == ["429", "201"], done.stdout
        assert '"slotDecayPerSecond":5' in done.stdout
        eventually(lambda: limits.occupied("database") == 0, "the last lease expires")
