package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a limit that was to be given another name. Sent by the ledger itself, from the partition of the new name.
 *
 * @param limit the old name
 * @param adopted whether it has arrived; otherwise the name was taken, and it stays
 * @param offset of the command by which it was sent, for the last time that is answered here: an answer to what was sent
 *     before is ignored, since it may have been answered otherwise since. Null in messages from before this field existed
 */
public record FinishRename(
        String limit,
        String newName,
        UUID limitId,
        boolean adopted,
        @Nullable Long offset) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .name("newName", newName)
                .id("limitId", limitId)
                .mistakes();
    }
}
