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

    /** Name of the principal that sends it; null if none is named. */
    default @Nullable String by() {
        return null;
    }

    /** The same, sent by a principal. */
    default CommandSpec by(String principal) {
        CommandSpec unnamed = this;
        return new CommandSpec() {
            @Override
            public LimitCommand command() {
                return unnamed.command();
            }

            @Override
            public @Nullable Asker asker() {
                return unnamed.asker();
            }

            @Override
            public String by() {
                return principal;
            }
        };
    }

    /** The same, sent by a principal for what it owns itself. */
    default CommandSpec byOwner(String principal) {
        CommandSpec condition = () -> command().ifOwnedBy(principal);
        return condition.by(principal);
    }
}
