package io.limitledger.gateway.bench;

import io.limitledger.client.ClientSettings;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.LocalAskers;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.reply.Reply;
import io.limitledger.gateway.process.Shutdown;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets up on a target what the contests need: clients, limits, the echo and the bare server. */
public final class BenchRun {
    /** Just below what one limit may have, since those who ask need leases too. */
    private static final int LEASES = 99_000;

    private static final int LIMITS = 100_000;
    /** As many leases as one limit may have, with a few left for the measurement. */
    private static final int KEYS = 99_000;

    private static final int WAITERS = 10_000;
    private static final int FEW = 10;

    private static final Load ONE = new Load.Closed(1);

    /** More than all who wait in all queues. */
    private static final int MAX_IN_FLIGHT = 50_000;

    /** So that the last one starts within an hour, which is as long as anybody waits, and the first ones seldom. */
    private static final double RESERVED_PER_SECOND = 4;

    private final BenchTarget target;
    private final BenchPlan plan;
    private final Bench bench;
    private final Shutdown running;
    private final KafkaSubject ledger;
    private final @Nullable KafkaSubject besideIt;
    private final Set<String> created = new HashSet<>();
    private final EchoClient echo;
    private final KafkaFloor floor;

    /** @param running what is set up is added to it, to be stopped with it */
    public BenchRun(BenchTarget target, BenchPlan plan, Bench bench, Shutdown running) throws Exception {
        this.target = target;
        this.plan = plan;
        this.bench = bench;
        this.running = running;
        int partitions = target.partitions().commands();
        String runId = UUID.randomUUID().toString();
        EchoTopics topics = running.add(EchoTopics.create(target.kafka(), runId, partitions));
        running.add(Echo.start(target.kafka(), topics));
        this.echo = running.add(EchoClient.start(target.kafka(), topics));
        this.floor = new KafkaFloor(echo, partitions);
        this.ledger = subject(new LocalAskers());
        LocalAskers local = target.local();
        this.besideIt = local == null ? null : subject(local);
    }

    private KafkaSubject subject(LocalAskers local) throws InterruptedException {
        return new KafkaSubject(client(local));
    }

    private LedgerClient client(LocalAskers local) throws InterruptedException {
        ClientSettings settings =
                new ClientSettings(target.kafka(), target.partitions(), ClientSettings.DEFAULT_TIMEOUT, MAX_IN_FLIGHT);
        LedgerClient client = running.add(LedgerClient.start(settings, local));
        Patience.until(client::isReady, "the ledger's client to be ready");
        return client;
    }

    public List<Result> run(WorkloadName name) throws Exception {
        return switch (name) {
            case HOT -> run(new HotLimit());
            case MANY -> run(new ManyLimits(1_000));
            case RATE -> run(new RateLimit());
            case RENEW -> run(new Renewals());
            case KEYS -> compare(new ManyKeys(KEYS), new ManyKeys(FEW));
            case QUOTA -> compare(ExtendedLimit.quotas(), new HotLimit());
            case FAIR -> compare(ExtendedLimit.fair(), new HotLimit());
            case SETTLE -> compare(new Settlements(), new HotLimit());
            case LEASES -> compare(new PiledLeases(LEASES), new PiledLeases(FEW));
            case LIMITS -> compare(new ManyLimits(LIMITS), new ManyLimits(FEW));
            case HANDOVER -> handOver();
            case WAITERS -> waiters(WAITERS);
            case SEVERAL -> several();
            case BACKLOG -> backlog();
        };
    }

    /** Where the processor time of the hot limit's commands goes, on each way, without a floor. */
    public List<Profile> profile() throws Exception {
        Workload workload = new HotLimit();
        create(workload.limits());
        URI http = target.http();
        List<Profile> profiles = new ArrayList<>();
        if (plan.over().contains(BenchTransport.KAFKA)) {
            profiles.addAll(bench.profile("Kafka", load -> ledger.measurement(workload, load)));
        }
        if (plan.over().contains(BenchTransport.MEMORY) && besideIt != null) {
            profiles.addAll(bench.profile("memory", load -> besideIt.measurement(workload, load)));
        }
        if (plan.over().contains(BenchTransport.HTTP) && http != null) {
            profiles.addAll(bench.profile("HTTP", load -> calls(http, workload, load)));
        }
        return profiles;
    }

    private List<Result> run(Workload workload) throws Exception {
        create(workload.limits());
        List<Result> results = new ArrayList<>();
        if (plan.over().contains(BenchTransport.KAFKA)) {
            results.addAll(
                    bench.measure(overKafka(workload, load -> ledger.measurement(workload, load), "over Kafka")));
        }
        if (plan.over().contains(BenchTransport.MEMORY) && besideIt != null) {
            results.addAll(bench.measure(
                    overKafka(workload, load -> besideIt.measurement(workload, load), "answered in memory")));
        }
        results.addAll(overHttp(workload));
        return results;
    }

    /** Who asks over Kafka does what the gateway does: one limit after the other. */
    private List<Result> several() throws Exception {
        Workload workload = new ThreeLimits();
        create(workload.limits());
        List<Result> results = new ArrayList<>();
        if (plan.over().contains(BenchTransport.KAFKA)) {
            SeveralSubject subject = running.add(SeveralSubject.start(target, client(new LocalAskers())));
            results.addAll(
                    bench.measure(overKafka(workload, load -> subject.measurement(workload, load), "over Kafka")));
        }
        results.addAll(overHttp(workload));
        return results;
    }

    private List<Result> backlog() throws Exception {
        Backlog backlog = Backlog.start(running, target.partitions(), plan.backlog());
        return bench.measure(List.of(new Contest(
                "drained : copied, one thread", new Load.Closed(plan.backlog()), backlog::drained, backlog::copied)));
    }

    private List<Result> overHttp(Workload workload) throws Exception {
        URI http = target.http();
        return plan.over().contains(BenchTransport.HTTP) && http != null
                ? bench.measure(overHttp(workload, http))
                : List.of();
    }

    /** Here the floor is the ledger itself: a hand-over is one round trip, if nothing else comes between. */
    private List<Result> handOver() throws Exception {
        Workload plain = new HotLimit();
        create(plain.limits());
        create(List.of(HandOverMeasurement.limit()));
        List<Result> results = new ArrayList<>();
        if (plan.over().contains(BenchTransport.KAFKA)) {
            Measurement roundTrip = ledger.measurement(plain, ONE);
            results.addAll(handOver("Kafka", new HandOverMeasurement(ledger::caller), roundTrip));
        }
        if (plan.over().contains(BenchTransport.MEMORY) && besideIt != null) {
            Measurement roundTrip = besideIt.measurement(plain, ONE);
            results.addAll(handOver("memory", new HandOverMeasurement(besideIt::caller), roundTrip));
        }
        URI http = target.http();
        if (plan.over().contains(BenchTransport.HTTP) && http != null) {
            Measurement roundTrip = new HttpLoad(http, plain, 1);
            results.addAll(handOver("HTTP", new HandOverMeasurement(() -> HttpConnection.open(http)), roundTrip));
        }
        return results;
    }

    private List<Result> handOver(String over, Measurement handOver, Measurement roundTrip) throws Exception {
        String what = "hand-over : round trip, " + over;
        return bench.measure(
                List.of(new Contest(what, new Load.Closed(HandOverMeasurement.CLIENTS), handOver, roundTrip)));
    }

    /** Here the floor is the same work where there is little. Both exist all the time, so that their cost affects both. */
    List<Result> compare(Workload large, Workload small) throws Exception {
        for (Workload workload : List.of(large, small)) {
            create(workload.limits());
            ledger.askAll(workload.before());
        }
        return bench.measure(plan.loads().stream()
                .map(load -> new Contest(
                        large.title() + " : " + small.title(),
                        load,
                        ledger.measurement(large, load),
                        ledger.measurement(small, load)))
                .toList());
    }

    /** Here the floor is the same with a short queue. Both exist all the time, so that their cost affects both. */
    List<Result> waiters(int count) throws Exception {
        List<Contest> contests = new ArrayList<>();
        contests.addAll(waiters("queue", count, 0));
        contests.addAll(waiters("reservations", count, RESERVED_PER_SECOND));
        List<Result> results = new ArrayList<>();
        for (Contest contest : contests) {
            results.addAll(bench.measure(List.of(contest)));
        }
        return results;
    }

    private List<Contest> waiters(String kind, int count, double decayPerSecond) {
        PutLimit longLimit = Cycles.limit("bench-waiters-long-" + kind, count, decayPerSecond);
        PutLimit shortLimit = Cycles.limit("bench-waiters-short-" + kind, count, decayPerSecond);
        create(List.of(longLimit, shortLimit));
        WaitingQueue longLine = WaitingQueue.form(ledger, longLimit, count);
        WaitingQueue shortLine = WaitingQueue.form(ledger, shortLimit, FEW);
        return List.of(
                new Contest(kind + ", join and leave", ONE, longLine::joiningAndLeaving, shortLine::joiningAndLeaving),
                new Contest(kind + ", hand over", ONE, longLine::handingOver, shortLine::handingOver));
    }

    /** On a ledger that stays, limits must not. */
    private void create(List<PutLimit> limits) {
        List<PutLimit> others =
                limits.stream().filter(limit -> created.add(limit.limit())).toList();
        ledger.askAll(others);
        running.add(() -> ledger.askAll(
                others.stream().map(PutLimit::limit).map(DeleteLimit::new).toList()));
    }

    private List<Contest> overKafka(Workload workload, Function<Load, Measurement> subject, String way) {
        List<Reply> replies = ledger.askInOrder(workload.cycle());
        return plan.loads().stream()
                .map(load -> new Contest(
                        workload.title() + " " + way,
                        load,
                        subject.apply(load),
                        floor.measurement(workload, replies, load)))
                .toList();
    }

    private List<Contest> overHttp(Workload workload, URI subject) throws Exception {
        URI bare = running.add(HttpFloor.start(echo, steps(workload, subject))).address();
        return plan.loads().stream()
                .map(load -> new Contest(
                        workload.title() + " over HTTP",
                        load,
                        calls(subject, workload, load),
                        calls(bare, workload, load)))
                .toList();
    }

    private static Measurement calls(URI server, Workload workload, Load load) {
        return load instanceof Load.Open
                ? new OpenHttpLoad(server, workload, load)
                : new HttpLoad(server, workload, load.size());
    }

    /** One cycle, asked for real both ways, so that the floor has the same sizes. */
    private List<HttpFloor.Step> steps(Workload workload, URI subject) throws Exception {
        List<LimitCommand> commands = workload.cycle();
        List<Reply> replies = ledger.askInOrder(commands);
        List<HttpReply> answers = new HttpLoad(subject, workload, 1).once();
        List<HttpFloor.Step> steps = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            EchoRequest request = floor.request(commands.get(i), replies.get(i));
            steps.add(new HttpFloor.Step(commands.get(i), request, answers.get(i)));
        }
        return steps;
    }
}
