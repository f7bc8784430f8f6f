package io.limitledger.core.reply;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an acquire would get if it came now. Nothing was taken.
 *
 * @param denial why it would be denied; null if it would be granted
 */
public record Checked(String limit, UUID leaseId, @Nullable Denied denial) implements Reply {}
