package io.limitledger.core.event;

import io.limitledger.core.state.Asker;
import org.jspecify.annotations.Nullable;

/** A limit is on its way to another name. Until it has arrived, or stays, commands on it are refused. */
public record LimitLeaving(String newName, @Nullable Asker asker) implements Fact {}
