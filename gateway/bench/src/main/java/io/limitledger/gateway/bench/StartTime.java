package io.limitledger.gateway.bench;

import io.javalin.http.HandlerType;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** How long {@code limits serve} takes, on an empty directory, from its first instruction to its first grant. */
public final class StartTime {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long STOP_SECONDS = 10;
    private static final String ADDRESS_LABEL = "HTTP ";
    private static final String LAST_LINE = "Ctrl-C stops it";

    private StartTime() {}

    /** Starts {@code program} in a process of its own, with the JVM, its options and the jar of this one, and stops it again. */
    public static double seconds(Class<?> program) throws Exception {
        try (TemporaryDirectory data = TemporaryDirectory.create()) {
            long startedNanos = System.nanoTime();
            Process server = start(program, data.path());
            try {
                firstGrant(address(server));
                return (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
            } finally {
                stop(server);
            }
        }
    }

    private static Process start(Class<?> program, Path data) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Such as an archive of classes, or a bound of the heap.
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of("serve", "--port", "0", "--data-dir", data.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What the banner says, once it is complete. */
    private static URI address(Process server) throws IOException {
        BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        StringBuilder output = new StringBuilder();
        String address = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.append(line).append('\n');
            if (line.strip().startsWith(ADDRESS_LABEL)) {
                address = line.strip().substring(ADDRESS_LABEL.length()).strip().replaceFirst(" .*", "");
            }
            if (line.contains(LAST_LINE)) {
                return URI.create(address);
            }
        }
        throw new IOException("Expected the server to start, but it ended:\n" + output);
    }

    private static void firstGrant(URI server) throws IOException {
        try (HttpConnection connection = HttpConnection.open(server)) {
            String path = "/v1/limits/bench-start";
            connection.send(new HttpCall(HandlerType.PUT, path, path, "{\"limit\":1}"));
            HttpReply granted =
                    connection.send(HttpCall.of(Cycles.acquire("bench-start", UUID.randomUUID(), 60_000, 0)));
            if (!granted.isGood()) {
                throw new IOException("Expected a grant, but got status " + granted.status());
            }
        }
    }

    private static void stop(Process server) throws InterruptedException {
        server.destroy();
        if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }
}
