package io.limitledger.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A process of the system. It keeps its ports and data when it is restarted. */
final class Node implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final List<String> command;
    private final Path output;
    private final Map<String, String> environment;
    private @Nullable Process process;

    /** @param heap heap option of the JVM */
    Node(String name, Path directory, String heap, Class<?> main, List<String> arguments) throws IOException {
        this(name, directory, heap, main, arguments, Map.of());
    }

    /**
     * A process with further environment variables.
     *
     * @param environment added to the environment of this process
     */
    Node(
            String name,
            Path directory,
            String heap,
            Class<?> main,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        this.environment = Map.copyOf(environment);
        this.name = name;
        this.output = Files.createDirectories(directory).resolve(name + ".log");
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
    }

    synchronized void start() throws IOException {
        RUNNING.removeIf(ended -> !ended.isAlive());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        RUNNING.add(process);
    }

    /** Starts the process unless it runs. A ledger that finds no broker in time ends by itself, and logs that. */
    synchronized void startUnlessAlive() throws IOException {
        if (!isAlive()) {
            if (process != null) {
                System.out.println(name + " ended by itself and is restarted");
            }
            start();
        }
    }

    /** Kills the process ({@code kill -9}), even if it is paused. */
    synchronized void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Stops the process ({@code kill}), and returns when it has ended. */
    synchronized void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private synchronized void signal(String signal) throws Exception {
        if (isAlive()) {
            new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
                    .start()
                    .waitFor();
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    String name() {
        return name;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    @Override
    public String toString() {
        return name;
    }
}
