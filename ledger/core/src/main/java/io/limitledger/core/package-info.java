/**
 * The pure core: what a command means, and nothing about how it came here.
 *
 * <p>{@link io.limitledger.core.Ledger} decides a command on a state; {@code command}, {@code event} and {@code reply}
 * are its vocabulary, {@code rule} holds every business decision, one class per command, {@code applier} what an event
 * changes, one class per event, and {@code state} what is remembered between commands. Only {@code java.*} is known here: no clock, no randomness, no I/O, no Kafka, no JSON,
 * so that two runs over the same log cannot differ. An architecture test enforces it.
 */
@NullMarked
package io.limitledger.core;

import org.jspecify.annotations.NullMarked;
