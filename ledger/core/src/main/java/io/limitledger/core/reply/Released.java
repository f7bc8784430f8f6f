package io.limitledger.core.reply;

import java.util.UUID;

/** Nothing is held under this id, whatever was before. */
public record Released(UUID leaseId) implements Reply {}
