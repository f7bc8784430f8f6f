package io.limitledger.gateway.contest;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A client process: reads one order a line, and answers each with one line of figures. Its first argument is the way,
 * {@code http}, {@code kafka} or {@code redisson}; the addresses of its server follow. It ends with its input.
 */
public final class ClientMain {
    private ClientMain() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Peer peer = peer(List.of(arguments))) {
            ClientOrders client = new ClientOrders(peer);
            System.out.println(Answer.none().line());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(client.obey(List.of(order.split(" ", -1))).line());
            }
        } catch (Exception e) {
            e.printStackTrace(System.err);
        }
        // What is held stays held, as by a client that died.
        Runtime.getRuntime().halt(0);
    }

    private static Peer peer(List<String> arguments) {
        return switch (arguments.get(0)) {
            case "http" -> LimitsPeer.overHttp(URI.create(arguments.get(1)));
            case "kafka" -> LimitsPeer.overKafka(URI.create(arguments.get(1)), arguments.get(2));
            default -> RedissonPeer.connect(arguments.get(1));
        };
    }

    static Duration seconds(String text) {
        return Duration.ofNanos((long) (Double.parseDouble(text) * 1e9));
    }
}
