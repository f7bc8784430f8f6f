/**
 * The ledger's records on Kafka: JSON of commands, events, replies and state, and the headers beside them. The JSON form
 * of a core type has the type's own name and its fields; only durations become seconds and times ISO 8601.
 */
@NullMarked
package io.limitledger.wire;

import org.jspecify.annotations.NullMarked;
