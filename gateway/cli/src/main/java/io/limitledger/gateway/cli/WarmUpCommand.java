package io.limitledger.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs the commands that people run most, against a stand-in for a gateway, so that a JVM which is started with
 * {@code -XX:DumpLoadedClassList} lists their classes for an archive: with it they cost a third less. The launcher and the
 * image make one.
 */
@Command(
        name = "warm-up",
        hidden = true,
        description = "Load the classes of the other commands, for an archive of classes.")
final class WarmUpCommand implements Callable<Integer> {
    private static final String LIMIT = """
            {"name":"a","id":"6f2a6b1c-25a8-3b6e-9d0a-0d7a5c1f0b11","limit":10,"slotDecayPerSecond":0.5,"active":true,\
            "quotas":[{"slots":5,"perSeconds":60,"taken":1,"left":4}],"perKey":{"limit":2},"occupied":2.5,"available":8,\
            "leases":1,"waiting":1,"waitingSince":"2026-11-20T10:00:00Z","createdAt":"2026-11-20T10:00:00Z",\
            "updatedAt":"2026-11-20T10:00:00Z"}""";

    private static final String LEASE = """
            {"leaseId":"1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01","limit":"a","slots":2,"acquiredAt":"2026-11-20T10:00:00Z",\
            "startsAt":"2026-11-20T10:00:00Z","expiresAt":"2026-11-20T10:05:00Z","holder":{"host":"b"}}""";

    private static final String LISTINGS =
            "{\"limits\":[" + LIMIT + "],\"leases\":[" + LEASE + "],\"waiters\":[],\"keys\":[],\"events\":[]}";

    private static final List<List<String>> COMMANDS = List.of(
            List.of("ls"),
            List.of("ls", "-o", "json"),
            List.of("ls", "-o", "name"),
            List.of("inspect", "a"),
            List.of("leases", "a"),
            List.of("waiters", "a"),
            List.of("keys", "a"),
            List.of("events", "a"),
            List.of("update", "a", "--limit", "3", "--quota", "5/day@Europe/Berlin"),
            List.of("acquire", "a", "--wait", "1s"),
            List.of("renew", "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01"),
            List.of("release", "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01"),
            List.of("diff", "--prefix", "a", "-f", "no-such-file"),
            List.of("ls", "--help"),
            List.of("ls", "--no-such-option"));

    @Override
    public Integer call() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread standIn = new Thread(() -> answer(server), "stand-in");
            standIn.setDaemon(true);
            standIn.start();
            for (List<String> command : COMMANDS) {
                run(command, "http://127.0.0.1:" + server.getLocalPort());
            }
        }
        return 0;
    }

    private static void run(List<String> command, String url) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        String[] arguments = command.toArray(new String[command.size() + 2]);
        arguments[command.size()] = "--url";
        arguments[command.size() + 1] = url;
        LimitsCommand.commandLine(arguments[0]).setOut(nowhere).setErr(nowhere).execute(arguments);
    }

    /** One request for each connection, until the socket is closed. */
    private static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                answer(connection);
            } catch (IOException e) {
                // The end, or a client that went.
            }
        }
    }

    private static void answer(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        String request = String.valueOf(in.readLine());
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        String path = request.replaceAll("^\\S+ ([^ ?]*).*$", "$1");
        boolean isListing =
                path.equals("/v1/limits") || (path.matches("/v1/limits/a/\\w+") && request.startsWith("GET"));
        byte[] body = (isListing
                        ? LISTINGS
                        : path.startsWith("/v1/limits/a/") || path.contains("/leases") ? LEASE : LIMIT)
                .getBytes(StandardCharsets.UTF_8);
        OutputStream out = connection.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }
}
