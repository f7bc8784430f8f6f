package io.limitledger.core.scenario;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import org.jspecify.annotations.Nullable;

/** A command on a time line, and who asks. */
@FunctionalInterface
public interface CommandSpec {
    LimitCommand command();

    default @Nullable Asker asker() {
        return null;
    }
}
