package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.request.Quote;
import io.limitledger.timer.Throttle;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts that are refused: each is counted, and one a minute of each kind is logged, so that no client can fill a disk with
 * them. Says who it was and what for; never with which credentials.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final HttpObserver observer;
    private final Map<Reason, Throttle> throttles = new EnumMap<>(Reason.class);

    enum Reason {
        /** For a name that is not ours. */
        HOST,
        /** By a browser, for a page of another site. */
        PAGE,
        /** It is not known who asks. */
        UNAUTHENTICATED,
        /** The caller may not do this. */
        FORBIDDEN,
        /** The caller may not even read the limit. */
        HIDDEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Refusals(HttpObserver observer) {
        this.observer = observer;
        for (Reason reason : Reason.values()) {
            throttles.put(reason, new Throttle());
        }
    }

    /**
     * One was refused.
     *
     * @param who the principal if it is known, the address otherwise
     * @param what method and path
     * @param why as the client is answered
     */
    void note(Reason reason, String who, String what, String why) {
        observer.refused(reason.word());
        long before = throttle(reason).pass();
        if (before != Throttle.HELD_BACK) {
            LOG.warn(
                    "Refused {} of {}: {}{}",
                    Quote.brief(what),
                    who,
                    why,
                    before == 0 ? "" : " (and " + before + " others since the last such line)");
        }
    }

    private Throttle throttle(Reason reason) {
        Throttle throttle = throttles.get(reason);
        if (throttle == null) {
            throw new IllegalStateException("No throttle for " + reason);
        }
        return throttle;
    }
}
