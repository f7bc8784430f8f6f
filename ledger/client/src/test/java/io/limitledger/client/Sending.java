package io.limitledger.client;

/** What a {@link LedgerClient} does: asks, and sends commands that are not answered. */
public interface Sending extends Asking, Confirming.Log {
    /** As a Java service uses it. */
    default Confirming confirming() {
        return new Confirming(this, this);
    }
}
