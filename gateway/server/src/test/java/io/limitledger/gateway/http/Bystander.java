package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A living holder among hostile clients: it renews its lease as fast as it is answered, each time over a new connection, and
 * fails if an answer is late or is not 200.
 */
final class Bystander implements AutoCloseable {
    /** Far less than the attacks last without a defence, and far more than a busy machine takes. */
    private static final int PATIENCE_MILLIS = 15_000;

    private final int port;
    private final String lease;
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::renew, "bystander");
    private volatile boolean isClosed;

    private Bystander(int port, String lease) {
        this.port = port;
        this.lease = lease;
        thread.setDaemon(true);
    }

    static Bystander start(int port, String lease) {
        Bystander bystander = new Bystander(port, lease);
        bystander.thread.start();
        return bystander;
    }

    /** Waits until it has renewed this often from now on. */
    void awaitRenewals(int count) {
        int before = renewals.get();
        await().atMost(Duration.ofMillis(2 * PATIENCE_MILLIS))
                .until(() -> failure.get() != null || renewals.get() >= before + count);
        assertThat(failure.get()).isNull();
    }

    private void renew() {
        try {
            while (!isClosed) {
                assertThat(answer()).startsWith("HTTP/1.1 200");
                renewals.incrementAndGet();
            }
        } catch (IOException | AssertionError e) {
            failure.set(e);
        }
    }

    private String answer() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "POST /v1/leases/" + lease
                    + "/renew HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join();
    }
}
