package io.limitledger.gateway.contest;

import io.limitledger.holder.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ours. Limits are made and looked at over HTTP, whichever way the client takes. */
final class LimitsPeer implements Peer {
    private static final Pattern OCCUPIED = Pattern.compile("\"occupied\":\\s*([0-9]+)");

    private final URI gateway;
    private final Limits limits;
    private final HttpClient http = HttpClient.newHttpClient();

    private LimitsPeer(URI gateway, Limits limits) {
        this.gateway = gateway;
        this.limits = limits;
    }

    static LimitsPeer overHttp(URI gateway) {
        return new LimitsPeer(gateway, Limits.overHttp(gateway));
    }

    static LimitsPeer overKafka(URI gateway, String bootstrapServers) {
        return new LimitsPeer(gateway, Limits.overKafka(Map.of("bootstrap.servers", bootstrapServers)));
    }

    @Override
    public void createLimit(String name, int slots) throws Exception {
        put(name, "{\"limit\":" + slots + "}");
    }

    @Override
    public void createRate(String name) throws Exception {
        put(name, "{\"limit\":1000000,\"slotDecayPerSecond\":1000000}");
    }

    private void put(String name, String body) throws Exception {
        send(HttpRequest.newBuilder(limit(name)).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Override
    public AutoCloseable acquire(String name, Duration patience, Duration lease) throws Exception {
        var acquire = limits.acquire(name).leasedFor(lease);
        return patience.isZero() ? acquire.now() : acquire.waitingUpTo(patience);
    }

    @Override
    public void spend(String name) throws Exception {
        limits.spend(name).now();
    }

    @Override
    public long held(String name) throws Exception {
        String body = send(HttpRequest.newBuilder(limit(name)).GET());
        Matcher occupied = OCCUPIED.matcher(body);
        if (!occupied.find()) {
            throw new IOException("The gateway's answer has no field 'occupied': " + body);
        }
        return Long.parseLong(occupied.group(1));
    }

    private URI limit(String name) {
        return gateway.resolve("/v1/limits/" + name);
    }

    private String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(
                request.header("Content-Type", "application/json").build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("The gateway answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        limits.close();
    }
}
