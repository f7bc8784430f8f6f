package io.limitledger.core.reply;

/** The limit is gone, and its leases with it. */
public record Deleted(String limit) implements Reply {}
