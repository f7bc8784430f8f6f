package io.limitledger.gateway.process;

import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.client.Asking;
import io.limitledger.client.ClientSettings;
import io.limitledger.client.Confirming;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.LocalAskers;
import io.limitledger.client.RetryWhileRenamed;
import io.limitledger.client.TopicFollower;
import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.admission.Admission;
import io.limitledger.gateway.admission.SpareDisk;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.EventTailReader;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.http.console.ConsoleRoutes;
import io.limitledger.gateway.http.server.GatewayServer;
import io.limitledger.gateway.http.service.ContractRoutes;
import io.limitledger.gateway.http.service.ProblemPages;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.http.service.ServiceRoutes;
import io.limitledger.gateway.http.v1.AccessApi;
import io.limitledger.gateway.http.v1.EventStreams;
import io.limitledger.gateway.http.v1.NativeApi;
import io.limitledger.gateway.memory.HeapGuard;
import io.limitledger.gateway.metrics.GatewayMeters;
import io.limitledger.gateway.metrics.LimitsInView;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.metrics.TimedLedger;
import io.limitledger.gateway.prefect.PrefectApi;
import io.limitledger.gateway.view.KafkaLimitsView;
import io.limitledger.gateway.view.NotingAnswers;
import io.limitledger.lease.Leases;
import io.limitledger.timer.SystemTimer;
import io.limitledger.topics.PartitionCounts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The gateway of a process: a client of the ledger, a view of the live state, and the HTTP server over both. */
public final class GatewayRole implements Readiness, AutoCloseable {
    private static final String LEDGER = "ledger";

    private final LedgerClient client;
    private final KafkaLimitsView view;
    private final SystemTimer timer = new SystemTimer("leases");
    private final LedgerProbe probe;
    private final Readiness beside;
    private final EventTail events;
    private final EventStreams streams;
    private final TopicFollower eventReader;
    private final LimitHistory history;
    private final LimitTrends trends;
    private final HeapGuard heap = HeapGuard.start();
    private final GatewayAccess access;
    private final GatewayServer server;
    private volatile BooleanSupplier diskIsScarce = () -> false;

    private GatewayRole(
            GatewaySettings settings,
            Map<String, Object> kafka,
            PartitionCounts partitions,
            LocalAskers local,
            Meters meters,
            Readiness beside) {
        this.beside = beside;
        this.access = GatewayAccess.start(settings.access(), kafka, Clock.systemUTC());
        this.client = LedgerClient.start(ClientSettings.of(kafka, partitions), local);
        this.view = KafkaLimitsView.start(kafka, partitions.commands());
        this.probe = new LedgerProbe(client);
        this.events = new EventTail(partitions.commands());
        this.streams = new EventStreams(events);
        this.trends = LimitTrends.start(events, view, Clock.systemUTC());
        this.eventReader = EventTailReader.start(kafka, events, streams::wake);
        this.history = new LimitHistory(() -> new KafkaAuditedLog(kafka, partitions.commands()));
        this.server = serve(settings, meters);
    }

    /**
     * Serves when it returns; {@link #isReady()} says when requests are also answered.
     *
     * @param local where a ledger of the same process finds those who ask here
     * @param beside what else must be ready in this process; its part "ledger" is that of a ledger which runs here
     */
    public static GatewayRole start(
            GatewaySettings settings,
            Map<String, Object> kafka,
            PartitionCounts partitions,
            LocalAskers local,
            Meters meters,
            Readiness beside) {
        return new GatewayRole(settings, kafka, partitions, local, meters, beside);
    }

    /** As above, for a ledger that runs elsewhere. */
    public static GatewayRole start(
            GatewaySettings settings,
            Map<String, Object> kafka,
            PartitionCounts partitions,
            LocalAskers local,
            Meters meters) {
        return start(settings, kafka, partitions, local, meters, List::of);
    }

    private GatewayServer serve(GatewaySettings settings, Meters meters) {
        GatewayMeters observer = new GatewayMeters(meters.registry(), client);
        meters.watch(client.producer());
        if (settings.address().certificate() != null) {
            observer.watch(settings.address().certificate());
        }
        Clock clock = Clock.systemUTC();
        Asking timed = new TimedLedger(new NotingAnswers(Confirming.over(client), view), clock, meters.registry());
        Asking ledger = new SpareDisk(
                new Admission(new RetryWhileRenamed(timed, timer), client::undecided, heap::isFull),
                () -> diskIsScarce.getAsBoolean());
        Leases leases = new Leases(ledger, view, timer);
        LimitsInView inView = new LimitsInView(view, clock, meters.registry());
        meters.beforeScrape(inView::refresh);
        return GatewayServer.start(
                settings.address(),
                observer,
                access.gatekeeper(),
                List.of(
                        new NativeApi(ledger, view, leases, events, streams, history, trends, clock),
                        new PrefectApi(
                                ledger,
                                view,
                                leases,
                                this,
                                clock,
                                Math::random,
                                settings.prefectWait(),
                                access.gatekeeper()),
                        new AccessApi(access.gatekeeper().ways(), access.admin(), clock),
                        new ServiceRoutes(this, meters::scrape),
                        new ContractRoutes(),
                        new ConsoleRoutes(settings.console()),
                        new ProblemPages()));
    }

    /** Takes nothing new on while the disk of this process's broker is nearly full. */
    public void spare(BooleanSupplier isScarce) {
        diskIsScarce = isScarce;
    }

    @Override
    public List<Part> parts() {
        return parts(probe.answers());
    }

    @Override
    public CompletableFuture<List<Part>> look() {
        return probe.look().thenApply(this::parts);
    }

    private List<Part> parts(boolean answers) {
        List<Part> parts = new ArrayList<>(List.of(
                part("replies", client.isReady(), "the position in the replies"),
                part("view", view.isReady(), "the live state"),
                part("events", events.hasCaughtUp() && eventReader.isUpToDate(), "the newest events"),
                part(LEDGER, answers, "an answer from every partition of the ledger" + ownWords())));
        if (access.isOn()) {
            parts.add(part("access", access.isReady(), "the newest tokens and rights"));
        }
        beside.parts().stream().filter(part -> !part.name().equals(LEDGER)).forEach(parts::add);
        return parts;
    }

    private static Part part(String name, boolean ready, String what) {
        return new Part(name, ready, ready ? "ready" : "waiting for " + what);
    }

    /** Nothing if the ledger runs elsewhere, or finds that it is ready. */
    private String ownWords() {
        return beside.parts().stream()
                .filter(part -> part.name().equals(LEDGER) && !part.ready())
                .map(part -> ", which says: " + part.detail())
                .findFirst()
                .orElse("");
    }

    public boolean isReady() {
        return parts().stream().allMatch(Part::ready);
    }

    /** What is not ready yet, in words; "ready" when all is. */
    public String state() {
        return parts().stream()
                .filter(part -> !part.ready())
                .map(Part::detail)
                .reduce((one, other) -> one + ", " + other)
                .orElse("ready");
    }

    /** A token that was created at this start, to be shown this once. */
    public Optional<AccessAdmin.NewToken> newToken() {
        return access.newToken();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        // They have no end by themselves, and the server waits for those under way.
        streams.close();
        server.close();
        access.close();
        eventReader.close();
        trends.close();
        history.close();
        timer.close();
        client.close();
        view.close();
    }
}
