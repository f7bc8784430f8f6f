package io.limitledger.gateway.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limitledger.gateway.fuzz.FuzzedInput.Ending;
import java.util.List;
import java.util.Random;

/** Requests to all routes, most of them nearly right, broken in any place: a seed determines them all. */
final class RandomInputs {
    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO", "get", "PRI", "G T");
    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/0.9", "HTTP/9.9", "http/1.1", "HTTP/1", "", "HTTP/1.1 x");
    private static final List<String> HEADERS = List.of(
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: multipart/form-data",
            "Content-Type: ;;;",
            "Content-Type:",
            "Content-Encoding: gzip",
            "Accept: text/html",
            "Accept: nonsense;q=x",
            "Accept-Encoding: gzip",
            "Accept-Encoding: gzip;q=0, br, *;q=1.5",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Prefer: wait=10",
            "Prefer: ;;=",
            "If-Match: \"x\"",
            "If-None-Match: *",
            "If-Modified-Since: nonsense",
            "If-Unmodified-Since: Fri, 20 Nov 2026 10:00:00 GMT",
            "Range: bytes=0-1",
            "Range: bytes=9-1,x",
            "Last-Event-ID: 1-1-1-1",
            "Last-Event-ID: nonsense",
            "Last-Event-ID: 99999999999999999999-0-0-0",
            "X-PREFECT-API-VERSION: 0.8.4",
            "X-PREFECT-API-VERSION: 9.9",
            "X-PREFECT-API-VERSION: nonsense",
            "Origin: null",
            "Access-Control-Request-Method: POST",
            "Cookie: a=b; =; \"",
            "Authorization: Basic !!!",
            "X-Forwarded-For: x",
            "Forwarded: for=\"",
            "X-HTTP-Method-Override: DELETE",
            "Connection: Upgrade",
            "Connection: close",
            "Upgrade: websocket",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "Host: elsewhere",
            "Host:",
            "Host: [::",
            "Content-Length: 0",
            "Transfer-Encoding: identity",
            "TE: trailers",
            ": no name",
            "no colon",
            " folded",
            "X: \u0000",
            "X: \u00ff\u00fe",
            "X: " + "x".repeat(5_000),
            "X: " + "x".repeat(70_000));
    private static final List<String> FRAMINGS = List.of(
            "Content-Length: 1\r\n",
            "Content-Length: 70000\r\n",
            "Content-Length: 40000000\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Content-Length: x\r\n",
            "Content-Length:\r\n",
            "Content-Length: 2\r\nContent-Length: 3\r\n",
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: chunked, chunked\r\n",
            "");
    private static final List<String> CHUNKS = List.of(
            "zz\r\n",
            "-1\r\n",
            "ffffffffffffffff\r\n",
            "3\r\n{}\r\n",
            "2;x=\"\r\n{}\r\n0\r\n",
            "2\r\n{}\r\n0\r\nX: y\r\n\r\n",
            "2\r\n{}",
            "0");

    private final Random random;
    private final RandomDrafts drafts;

    RandomInputs(long seed) {
        this.random = new Random(seed);
        this.drafts = new RandomDrafts(seed, random);
    }

    FuzzedInput next() {
        return switch (random.nextInt(40)) {
            case 0, 1, 2 -> FuzzedInput.of(misframed(draft()), 1, Ending.SHUT);
            case 3, 4, 5 -> FuzzedInput.of(spoiled(sound()), 1, Ending.SHUT);
            case 6 -> FuzzedInput.of(half(sound()), 1, chance(2) ? Ending.CLOSE : Ending.RESET);
            case 7 -> FuzzedInput.of(sound(), 1, chance(2) ? Ending.CLOSE : Ending.RESET);
            case 8 -> FuzzedInput.of(half(sound()), 1, Ending.SHUT);
            case 9 -> several();
            case 10 -> FuzzedInput.of(ofAnotherVersion(draft()), 1, Ending.SHUT);
            default -> FuzzedInput.of(sound(), 1, Ending.AWAIT);
        };
    }

    private FuzzedInput several() {
        Bytes bytes = new Bytes();
        int requests = 2 + random.nextInt(4);
        for (int i = 0; i < requests; i++) {
            bytes.add(sound(withBodyInItsAnswer(draft())));
        }
        return FuzzedInput.of(bytes.toArray(), requests, Ending.AWAIT);
    }

    private static Draft withBodyInItsAnswer(Draft draft) {
        if (draft.method.equals("HEAD")) {
            draft.method = "GET";
        }
        return draft;
    }

    /** A request whose end can be found, whatever else it is. */
    private byte[] sound() {
        return sound(draft());
    }

    private byte[] sound(Draft draft) {
        return draft.bytes(draft.body != null && chance(8) ? 1 + random.nextInt(20_000) : 0);
    }

    private Draft draft() {
        Draft draft = drafts.next();
        if (chance(20)) {
            draft.method = pick(METHODS);
        }
        if (!chance(100)) {
            draft.headers.add("Host: localhost");
        }
        if (draft.body != null && !chance(40)) {
            draft.headers.add("Content-Type: application/json");
        }
        while (chance(4)) {
            draft.headers.add(pick(HEADERS));
        }
        if (draft.body != null && chance(8)) {
            draft.body = spoiled(draft.body);
        }
        return draft;
    }

    /** Only with 1.1 a connection may be used again, unless an answer says otherwise. */
    private byte[] ofAnotherVersion(Draft draft) {
        draft.version = pick(VERSIONS);
        return draft.bytes(0);
    }

    private byte[] misframed(Draft draft) {
        if (chance(4)) {
            draft.body = pick(CHUNKS).getBytes(UTF_8);
            return draft.bytes("Transfer-Encoding: chunked\r\n");
        }
        return draft.bytes(pick(FRAMINGS));
    }

    private byte[] half(byte[] bytes) {
        return new Bytes().add(bytes, 0, random.nextInt(bytes.length)).toArray();
    }

    /** The same with one to three places flipped, taken out, doubled, or overwritten with anything. */
    private byte[] spoiled(byte[] whole) {
        byte[] bytes = whole;
        for (int places = 1 + random.nextInt(3); places > 0 && bytes.length > 0; places--) {
            int from = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(20), bytes.length - from);
            Bytes spoiled = new Bytes().add(bytes, 0, from);
            bytes = spoil(spoiled, bytes, from, length).toArray();
        }
        return bytes;
    }

    private Bytes spoil(Bytes before, byte[] bytes, int from, int length) {
        int behind = from + length;
        return switch (random.nextInt(5)) {
            case 0 ->
                before.add(new byte[] {(byte) (bytes[from] ^ (1 << random.nextInt(8)))})
                        .add(bytes, from + 1, bytes.length - from - 1);
            case 1 -> before.add(bytes, behind, bytes.length - behind);
            case 2 -> before.add(bytes, from, length).add(bytes, from, bytes.length - from);
            case 3 -> before.add(drafts.odd()).add(bytes, behind, bytes.length - behind);
            default -> before.add(new byte[] {(byte) random.nextInt(256)}).add(bytes, from, bytes.length - from);
        };
    }

    private boolean chance(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
