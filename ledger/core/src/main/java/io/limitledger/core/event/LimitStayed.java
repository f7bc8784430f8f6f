package io.limitledger.core.event;

/** A limit keeps its name, because the new one was taken. */
public record LimitStayed(String newName) implements Fact {}
