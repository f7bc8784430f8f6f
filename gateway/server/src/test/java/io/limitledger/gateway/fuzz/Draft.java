package io.limitledger.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is being made. Each character of its head is sent as one byte. */
final class Draft {
    String method;
    String target;
    String version = "HTTP/1.1";
    final List<String> headers = new ArrayList<>();
    byte @Nullable [] body;

    Draft(String method, String target, byte @Nullable [] body) {
        this.method = method;
        this.target = target;
        this.body = body;
    }

    /** With the length that its body has, or in chunks if the size of a chunk is more than 0. */
    byte[] bytes(int chunk) {
        Bytes bytes = new Bytes();
        bytes.add(head());
        if (body == null) {
            return bytes.add("\r\n").toArray();
        }
        if (chunk == 0) {
            return bytes.add("Content-Length: " + body.length + "\r\n\r\n")
                    .add(body)
                    .toArray();
        }
        bytes.add("Transfer-Encoding: chunked\r\n\r\n");
        for (int from = 0; from < body.length; from += chunk) {
            int length = Math.min(chunk, body.length - from);
            bytes.add(Integer.toHexString(length) + "\r\n")
                    .add(body, from, length)
                    .add("\r\n");
        }
        return bytes.add("0\r\n\r\n").toArray();
    }

    /** With whatever says how long its body is, or how it is sent, right or wrong. */
    byte[] bytes(String framing) {
        Bytes bytes = new Bytes().add(head()).add(framing).add("\r\n");
        return body == null ? bytes.toArray() : bytes.add(body).toArray();
    }

    private byte[] head() {
        StringBuilder head = new StringBuilder(method + " " + target + " " + version + "\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        return head.toString().getBytes(ISO_8859_1);
    }
}
