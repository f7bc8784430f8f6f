package io.limitledger.lease;

import io.limitledger.timer.Timer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits for which lease ids that clients chose are in use. A limit knows only its own leases, so that an id could be
 * granted on two of them by two requests; over HTTP, where an id alone names a lease, it is refused for the second.
 * What is held is {@linkplain KnownLeases known}; what may not be known yet is remembered here.
 */
final class ChosenIds {
    private final KnownLeases known;
    private final Timer timer;
    private Map<UUID, List<String>> young = new ConcurrentHashMap<>();
    private Map<UUID, List<String>> old = new ConcurrentHashMap<>();
    private long youngSince;

    ChosenIds(KnownLeases known, Timer timer) {
        this.known = known;
        this.timer = timer;
        this.youngSince = timer.nowMillis();
    }

    /** Uses the id for this request; false if it is in use for other limits. */
    boolean use(Acquisition acquisition) {
        List<String> others = remember(acquisition.leaseId(), acquisition.names());
        return others == null ? !isSeenElsewhere(acquisition) : others.equals(acquisition.names());
    }

    /** Nothing is held under it here: it may be used for others. */
    synchronized void forget(Acquisition acquisition) {
        young.remove(acquisition.leaseId(), acquisition.names());
        old.remove(acquisition.leaseId(), acquisition.names());
    }

    /** What it is in use for already; null if that is not known here. */
    private synchronized @Nullable List<String> remember(UUID leaseId, List<String> names) {
        if (timer.nowMillis() - youngSince > LeaseFinder.LONGEST_LAG_MILLIS) {
            old = young;
            young = new ConcurrentHashMap<>();
            youngSince = timer.nowMillis();
        }
        List<String> before = old.get(leaseId);
        return before == null ? young.putIfAbsent(leaseId, names) : before;
    }

    /** A limit that does not exist is left to the ledger, which says so. */
    private boolean isSeenElsewhere(Acquisition acquisition) {
        return !acquisition.names().containsAll(known.limitsOf(acquisition.leaseId()))
                && acquisition.names().stream().noneMatch(known::isMissing);
    }
}
