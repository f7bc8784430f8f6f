"""The examples for producers, as they stand in ledger/examples, each twice: what a first run left must not matter."""

import hashlib
import os
import re
import shutil
import subprocess
import sys

import pytest
from confluent_kafka import Consumer, TopicPartition

from servers import ROOT, eventually

EXAMPLES = ROOT / "ledger/examples"
DIRECT_GO = os.environ.get("DIRECT_GO")
KAFKAJS = os.environ.get("KAFKAJS")
REPLIES = ["Stored", "Granted", "Renewed", "Released", "Granted", "Renewed", "Released"]


def test_hashes_are_chained_as_the_page_says(limits):
    limits.put("chained", 1)
    limits.put("chained", 2)
    consumer = Consumer({"bootstrap.servers": limits.broker, "group.id": "auditor", "isolation.level": "read_committed"})
    consumer.assign([TopicPartition("limits.events", partition, 0) for partition in range(4)])
    events = []

    def has_both():
        record = consumer.poll(1)
        if record is not None and record.error() is None and record.key() == b"chained":
            events.append(record)
        return len(events) == 2

    eventually(has_both, "two events")
    consumer.close()

    before = bytes(32)
    for event in events:
        digits = dict(event.headers())["hash"].decode()
        assert digits == hashlib.sha256(before + event.value()).hexdigest()
        before = bytes.fromhex(digits)


def run(command, folder):
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, timeout=180, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, mistakes(done.stderr)) == (0, []), done.stdout
    return done.stdout


def mistakes(err):
    """Without the notices of librdkafka, such as what was left in a queue at the end."""
    return [line for line in err.splitlines() if not re.match(r"%[5-7]\|", line)]


def types(printed):
    """The kinds of the replies, however each language prints an object."""
    return re.findall(r"""\btype['"]?: ?['"](\w+)""", printed)


@pytest.mark.parametrize("time", ["first", "second"])
def test_python(limits, time, tmp_path):
    assert types(run([sys.executable, EXAMPLES / "direct.py", limits.broker], tmp_path)) == REPLIES


@pytest.mark.parametrize("time", ["first", "second"])
def test_go(limits, time, tmp_path):
    if not DIRECT_GO:
        pytest.skip("no Go")
    assert types(run([DIRECT_GO, limits.broker], tmp_path)) == REPLIES


@pytest.mark.parametrize("time", ["first", "second"])
def test_javascript(limits, time, tmp_path):
    if not shutil.which("node") or not KAFKAJS:
        pytest.skip("no Node with KafkaJS")
    shutil.copy(EXAMPLES / "direct.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(f"{KAFKAJS}/node_modules")
    assert types(run(["node", "direct.mjs", limits.broker], tmp_path)) == REPLIES
