package io.limitledger.client;

/** Adds something to another way of asking; a subclass overrides {@link #send(io.limitledger.core.command.LimitCommand, int, String)}. */
public abstract class AskingDecorator implements Asking {
    protected final Asking ledger;

    protected AskingDecorator(Asking ledger) {
        this.ledger = ledger;
    }

    @Override
    public final int partitions() {
        return ledger.partitions();
    }
}
