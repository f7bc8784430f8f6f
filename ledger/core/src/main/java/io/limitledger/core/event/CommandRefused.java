package io.limitledger.core.event;

import io.limitledger.core.reply.Refused;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A command on this limit was not in order and changed nothing. */
public record CommandRefused(String command, @Nullable UUID leaseId, Refused.Reason reason) implements Fact {}
