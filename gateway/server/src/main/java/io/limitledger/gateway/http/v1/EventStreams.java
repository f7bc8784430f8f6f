package io.limitledger.gateway.http.v1;

import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.admission.FairShare;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.http.StreamedBody;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All streams of events of this gateway: their bound, their heartbeats, their end. */
public final class EventStreams implements AutoCloseable {
    /** Each is a connection and a position; what they cost is writing every event to each of them. */
    public static final int MOST_STREAMS = 100;

    /** About as long as it takes until one of them ends. */
    private static final long RETRY_MILLIS = 5_000;

    /** Well below a minute, after which proxies, and this server, close a connection on which nothing happens. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final EventTail tail;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final FairShare places = new FairShare(() -> MOST_STREAMS);

    /** Writes, never blocked by a reader; and beats. */
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(EventStreams::daemon);

    public EventStreams(EventTail tail) {
        this(tail, HEARTBEAT);
    }

    EventStreams(EventTail tail, Duration heartbeat) {
        this.tail = tail;
        long millis = heartbeat.toMillis();
        var unused = thread.scheduleAtFixedRate(
                () -> streams.forEach(EventStream::beat), millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a stream; throws the problem to answer with if there are too many.
     *
     * @param client whose stream it is
     * @param positions where it begins; they are the stream's own from now on
     * @param wanted which events it sends, of those that the caller may read
     * @param caller as it is now, whenever it is asked for
     */
    public StreamedBody open(Object client, long[] positions, Predicate<KeptEvent> wanted, Supplier<Caller> caller) {
        takePlace(client);
        EventStream stream = new EventStream(tail, positions, wanted, caller, thread);
        streams.add(stream);
        var unused = stream.ended().thenRun(() -> {
            streams.remove(stream);
            places.giveBack(client);
        });
        return stream;
    }

    private void takePlace(Object client) {
        FairShare.Answer answer = places.take(client);
        if (answer == FairShare.Answer.SHARE_FULL) {
            throw new ProblemException(ProblemType.CLIENT_BUSY
                    .because("This client has " + places.has(client)
                            + " streams of events, as many as are left for others")
                    .retryAfter(RETRY_MILLIS));
        }
        if (answer == FairShare.Answer.ALL_FULL) {
            throw new ProblemException(ProblemType.OVERLOADED
                    .because("This gateway serves " + MOST_STREAMS + " streams of events, as many as it may")
                    .retryAfter(RETRY_MILLIS));
        }
    }

    public int open() {
        return streams.size();
    }

    /** There is more in the tail. */
    public void wake() {
        streams.forEach(EventStream::wake);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        streams.forEach(EventStream::close);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "event-streams");
        thread.setDaemon(true);
        return thread;
    }
}
