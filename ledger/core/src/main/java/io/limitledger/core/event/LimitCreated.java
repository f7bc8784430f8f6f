package io.limitledger.core.event;

import io.limitledger.core.state.Definition;
import java.util.UUID;

/** A limit exists from now on. */
public record LimitCreated(UUID limitId, Definition definition) implements Fact {}
