package io.limitledger.core.reply;

import io.limitledger.core.state.KeyOverride;
import org.jspecify.annotations.Nullable;

/**
 * A key of a limit is defined as asked.
 *
 * @param override null if it is now as all others
 */
public record KeyStored(String limit, String key, @Nullable KeyOverride override) implements Reply {}
