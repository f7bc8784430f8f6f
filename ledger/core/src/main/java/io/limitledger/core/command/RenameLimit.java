package io.limitledger.core.command;

import java.util.List;

/**
 * Give a limit another name. Its id, definition, slots, leases and waiters go with it, and the old name is free.
 *
 * <p>A name decides the partition, so the limit moves: it leaves, in messages to the partition of the new name
 * ({@link AdoptLimit}), and is gone when that partition says that it has arrived ({@link FinishRename}). Messages may be
 * lost and repeated; a tick sends them again until the move has ended one way or the other.
 */
public record RenameLimit(String limit, String newName) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks().name("limit", limit).name("newName", newName).mistakes();
    }
}
