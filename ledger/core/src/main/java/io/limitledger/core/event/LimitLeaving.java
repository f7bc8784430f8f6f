package io.limitledger.core.event;

import io.limitledger.core.state.Asker;
import org.jspecify.annotations.Nullable;

/** A limit is on its way to another name, and answers nobody until it is there, or stays. */
public record LimitLeaving(String newName, @Nullable Asker asker) implements Fact {}
