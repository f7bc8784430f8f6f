package io.limitledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * A limit on its way to another name. A limit is stored in the partition of its name, so a new name means another partition:
 * the limit leaves one and arrives in the other, and commands in between are refused.
 *
 * @param other the name it goes to, or comes from
 * @param nextPart how many parts have arrived
 * @param parts of how many it arrives in; 0 while it leaves
 * @param asker to whom the outcome is sent; null if the command named no reply topic
 * @param by name of the principal that wants it renamed; null if the command named none, and while it arrives
 */
public record Move(
        Direction direction,
        String other,
        int nextPart,
        int parts,
        @Nullable Asker asker,
        @Nullable String by) {
    /** One that no principal is named for. */
    public Move(Direction direction, String other, int nextPart, int parts, @Nullable Asker asker) {
        this(direction, other, nextPart, parts, asker, null);
    }

    /** Which end of the move this is. */
    public enum Direction {
        LEAVING,
        ARRIVING
    }

    public static Move leaving(String newName, @Nullable Asker asker, @Nullable String by) {
        return new Move(Direction.LEAVING, newName, 0, 0, asker, by);
    }

    /** With the first part arrived; null if that is all. */
    public static @Nullable Move arriving(String oldName, int parts) {
        return parts == 1 ? null : new Move(Direction.ARRIVING, oldName, 1, parts, null);
    }

    /** With one part more; null if that was the last. */
    public @Nullable Move withNextPart() {
        return nextPart + 1 == parts ? null : new Move(direction, other, nextPart + 1, parts, asker, by);
    }

    public boolean isLeavingFor(String newName) {
        return direction == Direction.LEAVING && other.equals(newName);
    }
}
