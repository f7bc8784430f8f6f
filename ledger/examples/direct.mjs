// Asks the ledger with nothing but Kafka: creates a limit, acquires two of its slots, renews and releases the lease.
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
async function ask(command) {
  const correlationId = randomUUID();
  const reply = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No reply to ${command.type}`)), PATIENCE_MILLIS);
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
      const correlationId = message.headers['correlation-id']?.toString();
      waiting.get(correlationId)?.(JSON.parse(message.value.toString()));
      waiting.delete(correlationId);
    },
  });
  await joined;
}

await admin.connect();
await admin.createTopics({ topics: [{ topic: REPLIES, numPartitions: 1 }] });
await producer.connect();
await consumer.connect();
await listen();

const limit = 'database';
const leaseId = randomUUID();
console.log(await ask({ type: 'PutLimit', limit, definition: { limit: 10, slotDecayPerSecond: 0, active: true } }));
console.log(await ask({ type: 'AcquireLease', limit, leaseId, slots: 2, leaseSeconds: 60 }));
console.log(await ask({ type: 'RenewLease', limit, leaseId, leaseSeconds: 300 }));
console.log(await ask({ type: 'ReleaseLease', limit, leaseId }));

await Promise.all([admin.disconnect(), producer.disconnect(), consumer.disconnect()]);
