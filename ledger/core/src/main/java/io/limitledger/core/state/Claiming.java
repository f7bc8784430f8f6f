package io.limitledger.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has a claim: it asks for it, waits for it, or holds it. */
public interface Claiming {
    Claim claim();

    /** Slots of the claim, 1 or more. */
    default long slots() {
        return claim().slots();
    }

    /** How long they are held unless renewed; 0 for slots without a lease. */
    default long leaseMillis() {
        return claim().leaseMillis();
    }

    default @Nullable Holder holder() {
        return claim().holder();
    }

    /** Other limits that are acquired under the same id. */
    default List<String> siblings() {
        return claim().siblings();
    }
}
