package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import java.util.List;

/**
 * What askers ask. Each command must be granted: a refusal costs less than what is to be measured, so it ends the run.
 *
 * <p>A cycle leaves nothing behind that the next would have to pay for.
 */
interface Workload {
    /** For people, as in "hot limit". */
    String title();

    /** The limits that it needs. */
    List<PutLimit> limits();

    /** What is asked once before, to be there all the while. */
    default List<LimitCommand> before() {
        return List.of();
    }

    /** What one asker sends, one after the other; always the same kinds of commands. */
    List<LimitCommand> cycle();
}
