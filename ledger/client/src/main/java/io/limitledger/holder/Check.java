package io.limitledger.holder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether slots would be granted, as of when the ledger was asked. Another client may be quicker.
 *
 * @param isGranted whether they would be
 * @param retryAfter when it is worth asking; {@link Duration#ZERO} if they would be granted
 * @param reason why not, in one word, as {@link SlotsNotFreeException#reason} has it; null if they would be granted
 */
public record Check(
        boolean isGranted, Duration retryAfter, @Nullable String reason) {}
