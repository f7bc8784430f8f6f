package io.limitledger.core.reply;

/** The limit has a new name, and the old one is free. */
public record Renamed(String limit, String newName) implements Reply {}
