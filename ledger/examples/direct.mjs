// Asks the ledger with nothing but Kafka: makes a limit of 10 slots, holds them all, and lets another one wait for them.
//
//     npm install kafkajs
//     node direct.mjs 127.0.0.1:9092
//
// Its default partitioner is murmur2, as the ledger needs it.

import { randomUUID } from 'node:crypto';
import { Kafka, Partitioners, logLevel } from 'kafkajs';

const REPLIES = 'billing-replies';
const PATIENCE_MILLIS = 10_000;

const kafka = new Kafka({ brokers: [process.argv[2] ?? '127.0.0.1:9092'], logLevel: logLevel.ERROR });
const admin = kafka.admin();
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
const consumer = kafka.consumer({ groupId: `billing-${randomUUID()}` });
const waiting = new Map();

/** Sends a command and completes with its reply. If none comes, the outcome is unknown: repeat with the same lease id. */
async function ask(command, patienceMillis = PATIENCE_MILLIS) {
  const correlationId = randomUUID();
  const reply = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No reply to ${command.type}`)), patienceMillis);
    waiting.set(correlationId, (value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
  await producer.send({
    topic: 'limits.commands',
    messages: [{
      key: command.limit,
      value: JSON.stringify(command),
      headers: { 'correlation-id': correlationId, 'reply-topic': REPLIES },
    }],
  });
  return reply;
}

/** The replies are matched by their correlation id; those to others are passed over. */
async function listen() {
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.subscribe({ topic: REPLIES, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const reply = JSON.parse(message.value.toString());
      // Another reply with the same correlation id says how the wait ended.
      if (reply.type === 'Queued') return;
      const correlationId = message.headers['correlation-id']?.toString();
      waiting.get(correlationId)?.(reply);
      waiting.delete(correlationId);
    },
  });
  await joined;
}

await admin.connect();
// KafkaJS logs an error when it makes a topic that exists.
if (!(await admin.listTopics()).includes(REPLIES)) {
  await admin.createTopics({ topics: [{ topic: REPLIES, numPartitions: 1 }] });
}
await producer.connect();
await consumer.connect();
await listen();

const limit = 'database';
const held = { limit, leaseId: randomUUID() };
const nextOne = { limit, leaseId: randomUUID() };
console.log(await ask({ type: 'PutLimit', limit, definition: { limit: 10, slotDecayPerSecond: 0, active: true } }));
console.log(await ask({ type: 'AcquireLease', ...held, slots: 10, leaseSeconds: 60 }));
console.log(await ask({ type: 'RenewLease', ...held, leaseSeconds: 300 }));

// Who waits says how long, and how soon it will renew what it is handed: so slots do not wait for a process that is gone.
const handedOver = ask(
  { type: 'AcquireLease', ...nextOne, slots: 1, leaseSeconds: 60, waitSeconds: 30, takeUpSeconds: 10 },
  30_000 + PATIENCE_MILLIS,
);
console.log(await ask({ type: 'ReleaseLease', ...held }));
console.log(await handedOver);
console.log(await ask({ type: 'RenewLease', ...nextOne, leaseSeconds: 60 }));
console.log(await ask({ type: 'ReleaseLease', ...nextOne }));

await Promise.all([admin.disconnect(), producer.disconnect(), consumer.disconnect()]);
