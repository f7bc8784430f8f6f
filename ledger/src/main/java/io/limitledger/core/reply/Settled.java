package io.limitledger.core.reply;

/** What was due is done. */
public record Settled(String limit) implements Reply {}
