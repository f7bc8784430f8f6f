package io.limitledger.core.reply;

import java.util.UUID;

/** Nothing was granted under this id, and nothing will be. */
public record Cancelled(UUID leaseId) implements Reply {}
