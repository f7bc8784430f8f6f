package io.limitledger.core.reply;

/** The limit is on its way to its new name; the outcome follows as another reply. */
public record Moving(String limit, String newName) implements Reply {
    @Override
    public boolean isInterim() {
        return true;
    }
}
