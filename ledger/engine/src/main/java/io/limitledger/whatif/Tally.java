package io.limitledger.whatif;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts what is decided within a span, and adds up what is occupied. All times are by the broker's clock. */
final class Tally {
    private static final double MICROS = Bucket.MICROS;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final Span span;
    private final String name;
    private final Map<UUID, Request> requests = new HashMap<>();
    private final double[] occupied = new double[Span.PARTS];
    private final double[] waiting = new double[Span.PARTS];
    private final long[] granted = new long[Span.PARTS];
    private final long[] denied = new long[Span.PARTS];
    private double capacity;
    private double peak;
    private long slotsGranted;
    private long expired;
    private long reached;
    private double level;
    private long levelAt;
    private double decayPerMilli;
    private long queue;
    private double limit;

    private enum Outcome {
        OPEN,
        WAITING,
        GRANTED,
        DENIED,
        GAVE_UP
    }

    /** An acquire that came in the span. */
    private static final class Request {
        private final String key;
        private final String holder;
        private Outcome outcome = Outcome.OPEN;
        private long waitMillis;

        Request(@Nullable String key, @Nullable Holder holder) {
            this.key = key == null ? "" : key;
            this.holder = holder == null ? "" : holder.json();
        }
    }

    Tally(String name, Span span) {
        this.name = name;
        this.span = span;
        this.reached = span.from();
    }

    /** A command comes; before it is decided. */
    void comes(LimitCommand command, long at) {
        if (!span.holds(at) || command.leaseId() == null) {
            return;
        }
        if (command instanceof AcquireLease acquire && !acquire.check()) {
            requests.computeIfAbsent(
                    acquire.leaseId(), id -> new Request(acquire.claim().key(), acquire.holder()));
        } else if (command instanceof TakeSlots take) {
            requests.computeIfAbsent(take.leaseId(), id -> new Request(null, take.holder()));
        }
    }

    /** What followed from it. */
    void decided(List<LimitEvent> events, LedgerState state, long at) {
        events.forEach(event -> note(event.fact(), at));
        observe(state, at);
    }

    private void note(Fact fact, long at) {
        boolean counts = span.holds(at);
        if (fact instanceof LeaseGranted grant) {
            long waited = grant.waitedMillis()
                    + Math.max(0, grant.lease().startsAt() - grant.lease().acquiredAt());
            end(grant.lease().leaseId(), Outcome.GRANTED, waited);
            if (counts) {
                granted[span.part(at)]++;
                slotsGranted += grant.lease().slots();
            }
        } else if (fact instanceof LeaseDenied denial) {
            end(denial.leaseId(), Outcome.DENIED, 0);
            if (counts) {
                denied[span.part(at)]++;
            }
        } else if (fact instanceof WaiterQueued queued) {
            end(queued.waiter().leaseId(), Outcome.WAITING, 0);
        } else if (fact instanceof WaiterLeft left) {
            end(left.leaseId(), outcome(left.reason()), 0);
        } else if (fact instanceof LeaseExpired && counts) {
            expired++;
        }
    }

    private static Outcome outcome(WaiterLeft.Reason reason) {
        return switch (reason) {
            case CANCELLED, TIMED_OUT, ABANDONED -> Outcome.GAVE_UP;
            case REPLACED, CAN_NEVER_FIT, LEASE_REQUIRED -> Outcome.DENIED;
        };
    }

    private void end(UUID leaseId, Outcome outcome, long waitMillis) {
        Request request = requests.get(leaseId);
        if (request != null && request.outcome != Outcome.GRANTED) {
            request.outcome = outcome;
            request.waitMillis = waitMillis;
        }
    }

    /** Adds up to a time, after what was decided then. */
    private void observe(LedgerState state, long at) {
        addUpTo(Math.min(at, span.to()));
        Limit known = state.limit(name);
        long aheadMillis = state.leaseClock().aheadMillis();
        level = known == null ? 0 : known.bucketAt(at + aheadMillis).levelMicros() / MICROS;
        queue = known == null ? 0 : known.waiting();
        limit = known == null || !known.definition().hasLimit()
                ? 0
                : known.definition().limit();
        decayPerMilli = known == null ? 0 : known.definition().slotDecayPerSecond() / MILLIS_PER_SECOND;
        levelAt = Math.max(at, levelAt);
        if (span.holds(at)) {
            peak = Math.max(peak, level);
        }
    }

    private void addUpTo(long until) {
        if (until <= reached) {
            return;
        }
        long dryAt = decayPerMilli == 0 ? until : Math.min(until, levelAt + (long) Math.ceil(level / decayPerMilli));
        if (dryAt > reached) {
            add(reached, dryAt, levelLeft(reached), levelLeft(dryAt));
        }
        if (until > Math.max(dryAt, reached)) {
            add(Math.max(dryAt, reached), until, 0, 0);
        }
        reached = until;
    }

    /** Of what was occupied when it was looked at last. */
    private double levelLeft(long at) {
        return Math.max(0, level - decayPerMilli * Math.max(0, at - levelAt));
    }

    private void add(long from, long to, double atFirst, double atLast) {
        capacity += limit * (to - from);
        for (long at = from; at < to; ) {
            int part = span.part(at);
            long end = Math.min(to, Math.max(at + 1, span.startOfPart(part + 1)));
            double middle = ((at + end) / 2.0 - from) / (to - from);
            occupied[part] += (atFirst + (atLast - atFirst) * middle) * (end - at);
            waiting[part] += (double) queue * (end - at);
            at = end;
        }
    }

    /** Ends the count at the end of the span. */
    Figures figures() {
        addUpTo(span.to());
        double total = Arrays.stream(occupied).sum();
        return new Figures(
                requests.size(),
                count(Outcome.GRANTED),
                count(Outcome.DENIED),
                count(Outcome.GAVE_UP),
                count(Outcome.WAITING),
                waits(),
                total / span.millis(),
                peak,
                capacity == 0 ? 0 : total / capacity,
                slotsGranted * MILLIS_PER_HOUR / span.millis(),
                Arrays.stream(denied).sum(),
                expired,
                curve(),
                shares(request -> request.key),
                shares(request -> request.holder));
    }

    private long count(Outcome outcome) {
        return requests.values().stream()
                .filter(request -> request.outcome == outcome)
                .count();
    }

    private Figures.Waits waits() {
        long[] sorted = requests.values().stream()
                .filter(request -> request.outcome == Outcome.GRANTED)
                .mapToLong(request -> request.waitMillis)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Figures.Waits(0, 0, 0, 0, 0);
        }
        return new Figures.Waits(
                Arrays.stream(sorted).average().orElse(0),
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                sorted[sorted.length - 1]);
    }

    private static long percentile(long[] sorted, int percent) {
        int rank = (int) ((sorted.length * (long) percent + 99) / 100);
        return sorted[Math.max(0, rank - 1)];
    }

    private List<Figures.Point> curve() {
        List<Figures.Point> points = new ArrayList<>();
        for (int part = 0; part < Span.PARTS; part++) {
            long at = span.startOfPart(part);
            double millis = Math.max(1, span.startOfPart(part + 1) - at);
            points.add(new Figures.Point(
                    at, occupied[part] / millis, waiting[part] / millis, granted[part], denied[part]));
        }
        return List.copyOf(points);
    }

    private Map<String, Figures.Share> shares(Function<Request, String> group) {
        Map<String, List<Request>> groups = new TreeMap<>();
        requests.values()
                .forEach(request -> groups.computeIfAbsent(group.apply(request), name -> new ArrayList<>())
                        .add(request));
        Map<String, Figures.Share> shares = new TreeMap<>();
        groups.forEach((name, of) -> shares.put(name, share(of)));
        return shares;
    }

    private static Figures.Share share(List<Request> requests) {
        long granted = requests.stream()
                .filter(request -> request.outcome == Outcome.GRANTED)
                .count();
        long denied = requests.stream()
                .filter(request -> request.outcome == Outcome.DENIED)
                .count();
        double mean = requests.stream()
                .filter(request -> request.outcome == Outcome.GRANTED)
                .mapToLong(request -> request.waitMillis)
                .average()
                .orElse(0);
        return new Figures.Share(requests.size(), granted, denied, mean);
    }
}
