package io.limitledger.core.event;

/** A limit has arrived under its new name. The last event under the old one. */
public record LimitLeft(String newName) implements Fact {}
