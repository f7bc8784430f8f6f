package io.limitledger.core.event;

import io.limitledger.core.state.KeyOverride;
import org.jspecify.annotations.Nullable;

/**
 * A key of the limit may take other than all keys, from now on.
 *
 * @param override null if it is as all others again
 */
public record KeyDefined(String key, @Nullable KeyOverride override) implements Fact {}
