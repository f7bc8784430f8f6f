package io.limitledger.core.command;

import java.util.List;

/** Delete a limit. Its leases end, and its waiters are refused. */
public record DeleteLimit(String limit) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks().name("limit", limit).mistakes();
    }
}
