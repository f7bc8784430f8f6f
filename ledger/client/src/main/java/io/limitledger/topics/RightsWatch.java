package io.limitledger.topics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that Kafka still grants the rights of some {@link Role}s: a right that is taken away while a process runs is
 * named, whichever of its parts would notice first and in whatever words. Says so once a minute while it lasts.
 */
public final class RightsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RightsWatch.class);

    /** Three small requests each time; an operator who takes a right away wants to see it soon. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<String, Object> clientProperties;
    private final List<Role> roles;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(RightsWatch::daemon);
    private volatile @Nullable String problem;
    private long saidNanos;

    private RightsWatch(Map<String, Object> clientProperties, List<Role> roles) {
        this.clientProperties = clientProperties;
        this.roles = roles;
    }

    public static RightsWatch start(Map<String, Object> clientProperties, Role... roles) {
        return start(clientProperties, INTERVAL, roles);
    }

    /** With another time between two looks. */
    public static RightsWatch start(Map<String, Object> clientProperties, Duration interval, Role... roles) {
        RightsWatch watch = new RightsWatch(clientProperties, List.of(roles));
        var unused = watch.thread.scheduleWithFixedDelay(
                watch::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** The rights that Kafka denied when last asked, in words; null if none. */
    public @Nullable String problem() {
        return problem;
    }

    /** Whatever else goes wrong with the request says nothing about rights, and other parts report it. */
    private void look() {
        try (BoundedAdmin admin = BoundedAdmin.connect(clientProperties, PATIENCE)) {
            new RightsCheck(admin, clientProperties, roles).require();
            if (problem != null) {
                LOG.info("Kafka grants all rights again");
            }
            problem = null;
        } catch (MissingRightsException e) {
            report(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.debug("Could not ask Kafka for the rights of this client", e);
        }
    }

    private void report(String denied) {
        long now = System.nanoTime();
        if (!denied.equals(problem) || now - saidNanos > SAY_AGAIN_NANOS) {
            LOG.warn(denied);
            saidNanos = now;
        }
        problem = denied;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "rights-watch");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
