package io.limitledger.gateway.access.oidc;

import com.nimbusds.jose.JWSHeader;
import io.limitledger.timer.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest known keys of an identity provider. They are read again now and then, and at once, but at a bounded rate, when a token
 * names a key that is not known: its request waits for that, and holds no thread. While the provider does not answer, the keys stay
 * known, however long that lasts.
 */
final class ProviderKeys {
    /** A key that the provider takes back is trusted for that long at most, while the provider answers. */
    static final long REFRESH_MILLIS = 5 * 60_000;

    /** Until the provider answers again. */
    static final long RETRY_MILLIS = 15_000;

    /** Between two readings, whatever key ids clients invent. A token with a new key waits for that long at most. */
    static final long LEAST_MILLIS = 2_000;

    /** Requests that wait for a new key. Those of a client that invents ids end here, and harm no other. */
    private static final int MOST_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

    private final String issuer;
    private final Supplier<CompletableFuture<KeySet>> provider;
    private final Timer timer;
    private final List<CompletableFuture<KeySet>> waiting = new ArrayList<>();
    private volatile KeySet known = KeySet.NONE;
    private volatile @Nullable String problem = "they were not read yet";
    private boolean isReading;
    private boolean isDue;
    private long readMillis;
    private Runnable cancelNext = () -> {};
    private boolean isClosed;

    /** @param provider reads the keys from it */
    ProviderKeys(String issuer, Supplier<CompletableFuture<KeySet>> provider, Timer timer) {
        this.issuer = issuer;
        this.provider = provider;
        this.timer = timer;
        this.readMillis = timer.nowMillis() - LEAST_MILLIS;
    }

    void start() {
        read();
    }

    KeySet known() {
        return known;
    }

    /** Why the newest attempt to read them failed; null if it did not. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Those that may have signed such a token; after another reading if none of those known has. Never fails. */
    CompletableFuture<KeySet> keysFor(JWSHeader header) {
        KeySet now = known;
        return now.has(header) ? CompletableFuture.completedFuture(now) : next();
    }

    private CompletableFuture<KeySet> next() {
        CompletableFuture<KeySet> result = new CompletableFuture<>();
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING || isClosed) {
                return CompletableFuture.completedFuture(known);
            }
            waiting.add(result);
            if (isReading || isDue) {
                return result;
            }
            isDue = true;
            long restMillis = readMillis + LEAST_MILLIS - timer.nowMillis();
            if (restMillis > 0) {
                schedule(restMillis);
                return result;
            }
        }
        read();
        return result;
    }

    private synchronized void schedule(long millis) {
        cancelNext.run();
        cancelNext = isClosed ? () -> {} : timer.in(millis, this::read);
    }

    private void read() {
        synchronized (this) {
            if (isReading || isClosed) {
                return;
            }
            isReading = true;
            isDue = false;
            readMillis = timer.nowMillis();
        }
        CompletableFuture<Void> unused = asked().handle((keys, failure) -> {
            ended(keys, failure);
            return null;
        });
    }

    private CompletableFuture<KeySet> asked() {
        try {
            return provider.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void ended(@Nullable KeySet keys, @Nullable Throwable failure) {
        if (keys != null) {
            note(keys);
        } else {
            noteProblem(failure);
        }
        List<CompletableFuture<KeySet>> all;
        synchronized (this) {
            isReading = false;
            all = List.copyOf(waiting);
            waiting.clear();
            schedule(keys == null ? RETRY_MILLIS : REFRESH_MILLIS);
        }
        all.forEach(one -> one.complete(known));
    }

    private void note(KeySet keys) {
        if (problem != null || !keys.equals(known)) {
            LOG.info("OIDC: {} keys of {} are known", keys.size(), issuer);
        }
        known = keys;
        problem = null;
    }

    private void noteProblem(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String words = String.valueOf(cause instanceof IllegalStateException ? cause.getMessage() : cause);
        if (!words.equals(problem)) {
            LOG.warn(
                    "OIDC: the keys of {} cannot be read: {}. {}",
                    issuer,
                    words,
                    known.isEmpty() ? "Its tokens are refused until they can" : "Those that are known stay in use");
        }
        problem = words;
    }

    void close() {
        List<CompletableFuture<KeySet>> all;
        synchronized (this) {
            isClosed = true;
            cancelNext.run();
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(one -> one.complete(known));
    }
}
