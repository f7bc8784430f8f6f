package io.limitledger.gateway.contest;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ClientMain} in a process of its own, seen from the process that gives the orders. */
final class ClientProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    /** SLF4J need not say that Redisson's client has no logging. */
    private static final String QUIET_LOGGING = "-Dslf4j.internal.verbosity=ERROR";

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private ClientProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Connected when it returns. What it logs goes to this process's standard error. */
    static ClientProcess start(String classPath, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ServerProcess.java(), "-Xmx1g", QUIET_LOGGING, "-cp", classPath, ClientMain.class.getName()));
        command.addAll(arguments);
        ClientProcess client = new ClientProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        client.answer(String.join(" ", command));
        return client;
    }

    /** Returns when the order has been carried out. One order at a time. */
    Answer obey(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        return answer(order);
    }

    private Answer answer(String order) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            Answer answer = Answer.parse(line);
            if (answer != null) {
                return answer;
            }
        }
        throw new IOException("The client ended instead of answering: " + order);
    }

    long processorNanos() {
        return ServerProcess.processorNanos(process);
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        orders.close();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
