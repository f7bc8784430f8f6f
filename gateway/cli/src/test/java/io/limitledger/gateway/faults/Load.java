package io.limitledger.gateway.faults;

import static org.awaitility.Awaitility.await;

import io.limitledger.client.ClientSettings;
import io.limitledger.client.LedgerClient;
import io.limitledger.gateway.faults.proof.Call;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.holder.Limits;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.TopicsSetup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * The load of a fault run: holding and spending clients on both gateways and over Kafka, and a probe on each gateway.
 */
final class Load implements AutoCloseable {
    private static final int HOLDING = 14;
    private static final int SPENDING = 4;

    private final LoadLimits limits = LoadLimits.inAllPartitions();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Recorder recorder = new Recorder();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private final Random random;
    private final LedgerClient kafka;

    private Load(Cluster cluster, long seed) throws Exception {
        random = new Random(seed);
        kafka = startClient(cluster);
        makeLimits(cluster.gatewayAddresses().get(0));
        List<Way> ways = new ArrayList<>();
        for (URI gateway : cluster.gatewayAddresses()) {
            HttpWay way = HttpWay.to("gateway-" + (ways.size() + 1), gateway);
            ways.add(way);
            probes.add(new Probe(way, stop));
        }
        ways.add(KafkaWay.over(kafka));
        probes.forEach(probe -> launch("probe of " + probe.name(), probe));
        launchClients(ways);
        launchLimitsClients(cluster);
    }

    static Load start(Cluster cluster, long seed) throws Exception {
        return new Load(cluster, seed);
    }

    static LedgerClient startClient(Cluster cluster) {
        LedgerClient client = LedgerClient.start(ClientSettings.of(
                cluster.clientProperties(), TopicsSetup.ensure(cluster.clientProperties(), LedgerTopics.DEFAULTS)));
        await().atMost(Duration.ofSeconds(60)).until(client::isReady);
        return client;
    }

    private void makeLimits(URI gateway) throws Exception {
        for (String name : limits.slots()) {
            put(gateway, name, "{\"limit\": " + limits.size(name) + "}");
        }
        put(
                gateway,
                limits.rate(),
                "{\"limit\": " + LoadLimits.RATE + ", \"slotDecayPerSecond\": " + LoadLimits.DECAY_PER_SECOND + "}");
    }

    static void put(URI gateway, String limit, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/limits/" + limit))
                .PUT(BodyPublishers.ofString(body))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        if (status != 201) {
            throw new IllegalStateException("Expected 201 for limit '" + limit + "', but got " + status);
        }
    }

    private void launchClients(List<Way> ways) {
        for (int number = 1; number <= HOLDING; number++) {
            String name = "holding-" + number;
            launch(name, new HoldingClient(name, limits, ways, recorder, stop, new Random(random.nextLong())));
        }
        for (int number = 1; number <= SPENDING; number++) {
            String name = "spending-" + number;
            launch(name, new SpendingClient(name, limits.rate(), ways, recorder, stop, new Random(random.nextLong())));
        }
    }

    private void launchLimitsClients(Cluster cluster) {
        for (URI gateway : cluster.gatewayAddresses()) {
            launchLimitsClient("keeping-" + gateway.getPort(), gateway.toString(), Limits.overHttp(gateway));
        }
        launchLimitsClient("keeping-kafka", "kafka", Limits.overKafka(cluster.clientProperties()));
    }

    private void launchLimitsClient(String name, String way, Limits holder) {
        launch(name, new LimitsClient(name, limits, way, holder, recorder, stop, new Random(random.nextLong())));
    }

    private void launch(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** Lets each client finish its current use, and returns when all have. */
    void stop() throws InterruptedException {
        stop.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Waits until both gateways have answered again. */
    void awaitAnswers() {
        Moment since = Moment.now();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> probes.stream().allMatch(probe -> probe.isAnsweredSince(since)));
    }

    List<Call> calls() {
        return recorder.calls();
    }

    List<Probe> probes() {
        return probes;
    }

    List<String> heldLimits() {
        return limits.slots();
    }

    @Override
    public void close() {
        stop.countDown();
        kafka.close();
    }
}
