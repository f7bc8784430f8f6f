package io.limitledger.gateway.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.gateway.cli.Main;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.UnreadableRecordException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** {@code limits serve}, or a part of it, in a JVM of its own. Its output is read to the end, so that it never blocks on a full pipe. */
final class Server implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START_SECONDS = 120;

    private final Process process;
    private final String lastLine;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private Server(Process process, String lastLine) {
        this.process = process;
        this.lastLine = lastLine;
    }

    /** Starts on the data in a directory, and returns when it says that it is ready. */
    static Server start(Path dataDirectory, String... options) throws Exception {
        return start("Ctrl-C stops it", "serve", dataOptions(dataDirectory, List.of("--port", "0")), options);
    }

    /** The same on a machine of another language. */
    static Server start(Path dataDirectory, List<String> javaOptions) throws Exception {
        return start(javaOptions, "Ctrl-C stops it", "serve", dataOptions(dataDirectory, List.of("--port", "0")));
    }

    /** The same within bounds of the machine: descriptors that it may open, and megabytes of heap. */
    static Server start(Path dataDirectory, int descriptors, int heapMegabytes) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "serve"));
        command.addAll(command(
                List.of("-Xmx" + heapMegabytes + "m"), "serve", dataOptions(dataDirectory, List.of("--port", "0"))));
        return start("Ctrl-C stops it", command);
    }

    /** One that another has started and read. */
    static Server of(Process process, List<String> output) {
        Server server = new Server(process, "");
        server.output.addAll(output);
        return server;
    }

    /** Only a gateway. */
    static Server gateway(String bootstrapServers) throws Exception {
        return start("  ready", "gateway", List.of("--port", "0", "--bootstrap-servers", bootstrapServers));
    }

    /** Only a ledger; on the same directory it is the same instance again. */
    static Server ledger(String bootstrapServers, Path dataDirectory) throws Exception {
        List<String> options = dataOptions(dataDirectory, List.of("--bootstrap-servers", bootstrapServers));
        return start("the ledger decides", "ledger", options);
    }

    private static List<String> dataOptions(Path dataDirectory, List<String> others) {
        return Stream.concat(others.stream(), Stream.of("--data-dir", dataDirectory.toString()))
                .toList();
    }

    private static Server start(String lastLine, String subcommand, List<String> options, String... more)
            throws Exception {
        return start(List.of(), lastLine, subcommand, options, more);
    }

    private static Server start(
            List<String> javaOptions, String lastLine, String subcommand, List<String> options, String... more)
            throws Exception {
        List<String> command = command(javaOptions, subcommand, options);
        command.addAll(Arrays.asList(more));
        return start(lastLine, command);
    }

    private static List<String> command(List<String> javaOptions, String subcommand, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It lives for seconds; to compile for speed, or to check what javac has made, takes longer.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote"));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), subcommand));
        command.addAll(options);
        return command;
    }

    private static Server start(String lastLine, List<String> command) throws Exception {
        Server server =
                new Server(new ProcessBuilder(command).redirectErrorStream(true).start(), lastLine);
        Thread reader = new Thread(server::read, "server-output");
        reader.setDaemon(true);
        reader.start();
        server.ready.get(START_SECONDS, TimeUnit.SECONDS);
        return server;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains(lastLine)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IllegalStateException("Expected a banner, but it ended:\n" + output()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address after a word of the banner: {@code HTTP} or {@code Kafka}. */
    String address(String word) {
        return output.stream()
                .map(line -> line.strip().replaceFirst("^[\\d.]+ s +", "").replaceFirst("^HTTP on ", "HTTP "))
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length()).strip().replaceFirst(" .*", ""))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** Of a gateway, whose banner is shorter too. */
    private String http() {
        return "http://" + address("HTTP").replaceFirst(".*//", "");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of a process that ends by itself. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    int port() {
        return URI.create(http()).getPort();
    }

    String output() {
        return String.join("\n", output);
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(http() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(http() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    JsonNode get(String path) throws Exception {
        return JSON.readTree(send("GET", path, "").body());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** All events that are in the log by now, those of a partition in their order. */
    List<LimitEvent> events() throws UnreadableRecordException {
        List<LimitEvent> events = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address("Kafka"), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(LedgerTopics.EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    // Notes about the partition have no key.
                    if (record.key() != null) {
                        events.add(EventJson.read(record.value()));
                    }
                }
            }
        }
        return events;
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** {@code kill}, as Ctrl-C does; returns the seconds it took. */
    double stop() throws InterruptedException {
        long startedNanos = System.nanoTime();
        process.destroy();
        process.waitFor();
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
