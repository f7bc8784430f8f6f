package io.limitledger.gateway.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** A number of keep-alive clients, each with a connection and a thread, each sending one call after the other. */
final class HttpLoad implements Measurement {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final URI server;
    private final Workload workload;
    private final int inFlight;

    HttpLoad(URI server, Workload workload, int inFlight) {
        this.server = server;
        this.workload = workload;
        this.inFlight = inFlight;
    }

    @Override
    public Figures over(Duration duration) throws Exception {
        List<HttpConnection> connections = connect();
        ExecutorService threads = Executors.newFixedThreadPool(inFlight);
        try {
            Stopwatch stopwatch = new Stopwatch();
            long endNanos = stopwatch.startedNanos() + duration.toNanos();
            Histogram latencies = sum(threads.invokeAll(connections.stream()
                    .map(connection -> (Callable<Histogram>) () -> drive(connection, endNanos))
                    .toList()));
            return Figures.of(latencies, stopwatch);
        } finally {
            threads.shutdown();
            for (HttpConnection connection : connections) {
                connection.close();
            }
        }
    }

    private List<HttpConnection> connect() throws IOException {
        List<HttpConnection> connections = new ArrayList<>();
        while (connections.size() < inFlight) {
            connections.add(HttpConnection.open(server));
        }
        return connections;
    }

    private Histogram drive(HttpConnection connection, long endNanos) throws IOException {
        Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
        while (System.nanoTime() - endNanos < 0) {
            List<HttpCall> calls = workload.cycle().stream().map(HttpCall::of).toList();
            for (HttpCall call : calls) {
                long sentNanos = System.nanoTime();
                connection.send(call).orFail();
                latencies.recordValue(System.nanoTime() - sentNanos);
            }
        }
        return latencies;
    }

    /** Sends one cycle and returns the replies. */
    List<HttpReply> once() throws IOException {
        List<HttpReply> replies = new ArrayList<>();
        try (HttpConnection connection = HttpConnection.open(server)) {
            for (HttpCall call : workload.cycle().stream().map(HttpCall::of).toList()) {
                replies.add(connection.send(call).orFail());
            }
        }
        return replies;
    }

    private static Histogram sum(List<Future<Histogram>> parts) throws Exception {
        Histogram sum = new Histogram(SIGNIFICANT_DIGITS);
        for (Future<Histogram> part : parts) {
            sum.add(part.get());
        }
        return sum;
    }
}
