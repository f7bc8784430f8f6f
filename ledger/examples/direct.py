"""Asks the ledger with nothing but Kafka: makes a limit of 10 slots, holds them all, and lets another one wait for them.

    pip install confluent-kafka
    python direct.py 127.0.0.1:9092

The partitioner is named, as librdkafka's own default is not the murmur2 that the ledger needs.
"""

import json
import sys
import time
import uuid

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

REPLIES = "billing-replies"
PATIENCE_SECONDS = 10


class DirectAsker:
    def __init__(self, broker):
        servers = {"bootstrap.servers": broker}
        make_topic(AdminClient(servers))
        self.commands = Producer({**servers, "partitioner": "murmur2_random"})
        self.replies = Consumer({**servers, "group.id": "billing", "enable.auto.commit": False})
        _, end = self.replies.get_watermark_offsets(TopicPartition(REPLIES, 0), timeout=PATIENCE_SECONDS)
        self.replies.assign([TopicPartition(REPLIES, 0, end)])
        self.arrived = {}

    def send(self, command):
        """Sends a command. Its reply comes under the id that is returned."""
        correlation_id = str(uuid.uuid4())
        self.commands.produce(
            "limits.commands",
            key=command["limit"],
            value=json.dumps(command),
            headers={"correlation-id": correlation_id, "reply-topic": REPLIES},
        )
        self.commands.flush(PATIENCE_SECONDS)
        return correlation_id

    def reply(self, correlation_id, patience_seconds=PATIENCE_SECONDS):
        """The reply to a command. If none comes, the outcome is unknown: send it again with the same lease id."""
        end = time.monotonic() + patience_seconds
        while correlation_id not in self.arrived:
            if time.monotonic() > end:
                raise TimeoutError(f"No reply within {patience_seconds} s")
            record = self.replies.poll(0.1)
            if record is not None and record.error() is None:
                self.keep(record)
        return self.arrived.pop(correlation_id)

    def keep(self, record):
        reply = json.loads(record.value())
        # Another reply with the same correlation id says how the wait ended.
        if reply["type"] != "Queued":
            self.arrived[dict(record.headers())["correlation-id"].decode()] = reply

    def ask(self, command):
        return self.reply(self.send(command))

    def close(self):
        self.replies.close()


def make_topic(admin):
    for made in admin.create_topics([NewTopic(REPLIES, 1)]).values():
        try:
            made.result()
        except KafkaException as failure:
            if failure.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise


ledger = DirectAsker(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:9092")
held = {"limit": "database", "leaseId": str(uuid.uuid4())}
next_one = {"limit": "database", "leaseId": str(uuid.uuid4())}
definition = {"limit": 10, "slotDecayPerSecond": 0, "active": True}

print(ledger.ask({"type": "PutLimit", "limit": "database", "definition": definition}))
print(ledger.ask({"type": "AcquireLease", **held, "slots": 10, "leaseSeconds": 60}))
print(ledger.ask({"type": "RenewLease", **held, "leaseSeconds": 300}))

# Who waits says how long, and how soon it will renew what it is handed: so slots do not wait for a process that is gone.
waiting = ledger.send(
    {"type": "AcquireLease", **next_one, "slots": 1, "leaseSeconds": 60, "waitSeconds": 30, "takeUpSeconds": 10}
)
print(ledger.ask({"type": "ReleaseLease", **held}))
print(ledger.reply(waiting, 30 + PATIENCE_SECONDS))
print(ledger.ask({"type": "RenewLease", **next_one, "leaseSeconds": 60}))
print(ledger.ask({"type": "ReleaseLease", **next_one}))
ledger.close()
