package io.limitledger.gateway.contest;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One that takes part: a server and a client of it.
 *
 * @param name in the tables
 * @param classPath of the client
 * @param way the client's first argument
 */
record Side(String name, ServerProcess server, String classPath, String way, ClientProcess client)
        implements AutoCloseable {
    private static final double NANOS_PER_MICRO = 1e3;

    static Side start(String name, ServerProcess server, String classPath, String way) throws IOException {
        return new Side(name, server, classPath, way, client(server, classPath, way));
    }

    private static ClientProcess client(ServerProcess server, String classPath, String way) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(way));
        arguments.addAll(server.addresses());
        return ClientProcess.start(classPath, arguments);
    }

    /** That of this process, with what else must come first, so that an older jar's client can be measured. */
    static String classPathWith(Path... first) {
        StringBuilder path = new StringBuilder();
        for (Path entry : first) {
            path.append(entry).append(File.pathSeparator);
        }
        return path + System.getProperty("java.class.path");
    }

    /** A second client, to be killed. */
    ClientProcess anotherClient() throws IOException {
        return client(server, classPath, way);
    }

    /** Carries out an order, and adds what it cost: microseconds of the processors and bytes of the log per operation. */
    Answer measure(String order) throws IOException {
        long serverNanos = server.processorNanos();
        long clientNanos = client.processorNanos();
        long bytes = server.loggedBytes();
        Answer answer = client.obey(order);
        double operations = answer.get("operations");
        return answer.with("server", (server.processorNanos() - serverNanos) / NANOS_PER_MICRO / operations)
                .with("client", (client.processorNanos() - clientNanos) / NANOS_PER_MICRO / operations)
                .with("bytes", (server.loggedBytes() - bytes) / operations);
    }

    @Override
    public void close() throws Exception {
        try {
            client.close();
        } finally {
            server.close();
        }
    }
}
