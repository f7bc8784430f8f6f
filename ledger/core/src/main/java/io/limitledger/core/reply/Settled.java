package io.limitledger.core.reply;

import org.jspecify.annotations.Nullable;

/**
 * What was due is done.
 *
 * @param limit name of the limit; null where a heartbeat was heard
 */
public record Settled(@Nullable String limit) implements Reply {}
