import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills one of each in the running cluster (compose/cluster.yaml), one after the other, under load from both gateways, and
 * starts each again. Exit code 0: no lease was lost that was acknowledged, nothing was held beyond its limit, and answers
 * came again in time.
 *
 * <pre>java compose/Faults.java [SERVICE...]      (default: kafka2 ledger1 gateway1)</pre>
 *
 * A request that may wait in line a second is asked again until it is answered, with the same lease id.
 */
public final class Faults {
    private static final int LIMITS = 8;
    private static final int SLOTS = 2;
    private static final int WORKERS_PER_GATEWAY = 8;
    private static final int KEPT = 20;
    private static final Duration WATCHED = Duration.ofSeconds(15);

    /** How long an answer may take after a death; of a broker's only the log is Kafka's to keep, not the time. */
    private static final Map<String, Duration> LONGEST =
            Map.of("ledger", Duration.ofSeconds(5), "gateway", Duration.ofSeconds(3), "kafka", Duration.ofMinutes(1));

    /** Anything else is no answer: the same request is sent again, with the same lease id. */
    private static final Set<Integer> ANSWERS = Set.of(200, 201, 204, 404, 409, 410, 429);

    private final List<Gateway> gateways = List.of(new Gateway("gateway1", 8081), new Gateway("gateway2", 8082));
    private final String run = "faults-" + ProcessHandle.current().pid() + "-";
    private final AtomicInteger[] held = new AtomicInteger[LIMITS];
    private final AtomicInteger grants = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    public static void main(String[] services) throws Exception {
        new Faults().run(services.length == 0 ? List.of("kafka2", "ledger1", "gateway1") : List.of(services));
    }

    private void run(List<String> services) throws Exception {
        for (int limit = 0; limit < LIMITS; limit++) {
            held[limit] = new AtomicInteger();
            gateways.get(0).ask("PUT", "/v1/limits/" + run + limit, "{\"limit\": " + SLOTS + "}");
        }
        List<UUID> kept = keepSome();
        List<Thread> workers = startWorkers();
        Thread.sleep(WATCHED.toMillis());
        for (String service : services) {
            longestRequests("before");
            compose("kill", "-s", "SIGKILL", service);
            Thread.sleep(WATCHED.toMillis());
            check(service, longestRequests(service + " is dead"));
            compose("up", "-d", "--wait", "--no-build", "--no-deps", service);
            Thread.sleep(WATCHED.toMillis());
            longestRequests(service + " is back");
        }
        stopped = true;
        for (Thread worker : workers) {
            worker.join();
        }
        for (UUID lease : kept) {
            gateways.forEach(gateway -> expect(200, gateway.ask("GET", "/v1/leases/" + lease, ""), "kept lease " + lease));
        }
        System.out.printf("%d leases granted under load, %d kept throughout%n", grants.get(), kept.size());
        faults.forEach(System.out::println);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    /** Leases that outlast everything. */
    private List<UUID> keepSome() {
        String path = "/v1/limits/" + run + "kept";
        gateways.get(0).ask("PUT", path, "{\"limit\": " + KEPT + "}");
        List<UUID> leases = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            UUID lease = UUID.randomUUID();
            Gateway gateway = gateways.get(i % gateways.size());
            expect(201, gateway.ask("POST", path + "/leases", acquire(lease, 3600)), "lease to keep");
            leases.add(lease);
        }
        return leases;
    }

    private List<Thread> startWorkers() {
        List<Thread> workers = new ArrayList<>();
        for (Gateway gateway : gateways) {
            for (int i = 0; i < WORKERS_PER_GATEWAY; i++) {
                Thread worker = new Thread(() -> work(gateway));
                worker.start();
                workers.add(worker);
            }
        }
        return workers;
    }

    /** Acquires, looks whether it still holds, releases; and counts what all workers hold at once. */
    private void work(Gateway gateway) {
        Random random = new Random();
        while (!stopped) {
            int limit = random.nextInt(LIMITS);
            UUID lease = UUID.randomUUID();
            int status = gateway.ask("POST", "/v1/limits/" + run + limit + "/leases", acquire(lease, 300));
            if (status != 200 && status != 201) {
                continue;
            }
            grants.incrementAndGet();
            int now = held[limit].incrementAndGet();
            if (now > SLOTS) {
                faults.add("Expected at most " + SLOTS + " slots to be held, but " + now + " were");
            }
            expect(200, gateway.ask("POST", "/v1/leases/" + lease + "/renew", "{}"), "lease " + lease);
            held[limit].decrementAndGet();
            gateway.ask("DELETE", "/v1/leases/" + lease, "");
        }
    }

    private static String acquire(UUID lease, int seconds) {
        return "{\"leaseId\": \"" + lease + "\", \"leaseSeconds\": " + seconds + ", \"waitSeconds\": 1}";
    }

    private void expect(int expected, int status, String what) {
        if (status != expected && !(expected == 201 && status == 200)) {
            faults.add("Expected status " + expected + " of " + what + ", but got " + status);
        }
    }

    /** How long somebody at each gateway had to wait for an answer, since this was last asked. */
    private List<Duration> longestRequests(String when) {
        List<Duration> longest = gateways.stream().map(Gateway::longestRequest).toList();
        System.out.printf(
                "%-20s longest request: gateway1 %5d ms, gateway2 %5d ms%n",
                when, longest.get(0).toMillis(), longest.get(1).toMillis());
        return longest;
    }

    private void check(String service, List<Duration> longest) {
        Duration bound = LONGEST.get(service.replaceAll("\\d", ""));
        for (int i = 0; i < longest.size(); i++) {
            String gateway = gateways.get(i).name;
            if (!gateway.equals(service) && longest.get(i).compareTo(bound) > 0) {
                faults.add("Expected answers of " + gateway + " within " + bound.toMillis() + " ms of the death of "
                        + service + ", but it took " + longest.get(i).toMillis() + " ms");
            }
        }
    }

    private static void compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose", "-f", "compose/cluster.yaml"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Expected to run " + String.join(" ", command) + ", but\n" + output);
        }
    }

    private static final class Gateway {
        private static final Duration PAUSE = Duration.ofMillis(50);
        private static final int NO_STATUS = 0;

        private final String name;
        private final String url;
        private final HttpClient http = HttpClient.newHttpClient();
        private final Map<Thread, Long> askedNanos = new ConcurrentHashMap<>();
        private final AtomicLong longestNanos = new AtomicLong();

        Gateway(String name, int port) {
            this.name = name;
            this.url = "http://127.0.0.1:" + port;
        }

        /** Asks until there is an answer, and returns its status. */
        int ask(String method, String path, String body) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .method(method, BodyPublishers.ofString(body))
                    .timeout(Duration.ofSeconds(15))
                    .build();
            askedNanos.put(Thread.currentThread(), System.nanoTime());
            int status = send(request);
            while (!ANSWERS.contains(status)) {
                LockSupport.parkNanos(PAUSE.toNanos());
                status = send(request);
            }
            long tookNanos = System.nanoTime() - askedNanos.remove(Thread.currentThread());
            longestNanos.accumulateAndGet(tookNanos, Math::max);
            return status;
        }

        private int send(HttpRequest request) {
            try {
                return http.send(request, BodyHandlers.discarding()).statusCode();
            } catch (IOException e) {
                return NO_STATUS;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Those that still wait count with the time they have waited. */
        private Duration longestRequest() {
            long now = System.nanoTime();
            long waiting = askedNanos.values().stream().mapToLong(asked -> now - asked).max().orElse(0);
            return Duration.ofNanos(Math.max(waiting, longestNanos.getAndSet(0)));
        }
    }
}
