package io.limitledger.gateway.contest;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A server of one side: a process of its own, on a temporary folder and ports that it keeps from start to start. */
final class ServerProcess implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** On a machine that does other things as well. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final int CONNECT_MILLIS = 1_000;
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final long STOP_SECONDS = 20;

    private final Path folder;
    private final List<String> command;
    private final List<String> addresses;
    private final Predicate<String> isReady;
    private Process process;

    private ServerProcess(Path folder, List<String> command, List<String> addresses, Predicate<String> isReady)
            throws IOException {
        this.folder = folder;
        this.command = command;
        this.addresses = addresses;
        this.isReady = isReady;
        this.process = begin();
    }

    private ServerProcess ready() throws Exception {
        try {
            awaitReady();
            return this;
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** {@code limits serve}, as an operator starts it: with no option of the JVM. */
    static ServerProcess limits(Path jar, int partitions) throws Exception {
        Path folder = Files.createTempDirectory("contest-limits-");
        int http = freePort();
        int kafka = freePort();
        List<String> command = List.of(
                java(),
                "-jar",
                jar.toString(),
                "serve",
                "--port",
                String.valueOf(http),
                "--kafka-port",
                String.valueOf(kafka),
                "--partitions",
                String.valueOf(partitions),
                "--data-dir",
                folder.resolve("data").toString());
        List<String> addresses = List.of("http://" + HOST + ":" + http, HOST + ":" + kafka);
        return new ServerProcess(folder, command, addresses, ServerProcess::isServing).ready();
    }

    /** @param appendfsync when Redis calls {@code fsync} for its log: {@code everysec} or {@code always} */
    static ServerProcess redis(Path program, String appendfsync) throws Exception {
        Path folder = Files.createTempDirectory("contest-redis-");
        int port = freePort();
        List<String> command = List.of(
                program.toString(),
                "--bind",
                HOST,
                "--port",
                String.valueOf(port),
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                appendfsync);
        return new ServerProcess(folder, command, List.of(HOST + ":" + port), ServerProcess::answersPing).ready();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process begin() throws IOException {
        File log = folder.resolve("server.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private void awaitReady() throws Exception {
        long endNanos = System.nanoTime() + START.toNanos();
        while (!isReady.test(addresses.get(0))) {
            if (!process.isAlive() || System.nanoTime() > endNanos) {
                throw new IOException("The server did not start: " + String.join(" ", command) + "\n"
                        + Files.readString(folder.resolve("server.log")));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static boolean isServing(String address) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address + "/readyz")).build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Not while it loads its log. */
    private static boolean answersPing(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(HOST.length() + 1))),
                    CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** For the clients, as {@link ClientMain} takes them. */
    List<String> addresses() {
        return addresses;
    }

    /** {@code kill -9}, and a start on the same data. */
    void killAndRestart() throws Exception {
        process.destroyForcibly().waitFor();
        process = begin();
        awaitReady();
    }

    /** Of all its threads since its start, in nanoseconds. */
    long processorNanos() {
        return processorNanos(process);
    }

    static long processorNanos(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** In its log, before anything is compacted: without the indexes, which Kafka allocates ahead. */
    long loggedBytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.endsWith(".log") || name.endsWith(".aof");
                    })
                    .mapToLong(ServerProcess::size)
                    .sum();
        } catch (UncheckedIOException e) {
            // A segment went while the folder was walked.
            return loggedBytes();
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
