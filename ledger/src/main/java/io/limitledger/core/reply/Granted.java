package io.limitledger.core.reply;

import io.limitledger.core.state.Lease;

/** The slots are the asker's, from the lease's start to its end. */
public record Granted(Lease lease) implements Reply {}
