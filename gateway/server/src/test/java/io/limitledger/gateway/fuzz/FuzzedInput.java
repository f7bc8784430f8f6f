package io.limitledger.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What a client sends.
 *
 * @param content each byte as one character
 * @param requests how many requests it is; of those that are no requests any more, 1
 */
record FuzzedInput(String content, int requests, Ending ending) {
    /** What the client does when it has sent all. */
    enum Ending {
        /** Reads an answer to each request, and goes on with the same connection. */
        AWAIT,
        /** Shuts its sending side, and reads whatever comes. */
        SHUT,
        /** Closes without a look. */
        CLOSE,
        /** Resets without a look. */
        RESET
    }

    static FuzzedInput of(byte[] bytes, int requests, Ending ending) {
        return new FuzzedInput(new String(bytes, ISO_8859_1), requests, ending);
    }

    byte[] bytes() {
        return content.getBytes(ISO_8859_1);
    }

    /** Whether one of its answers may have no body for that reason. */
    boolean mayAskForTheHeadOnly() {
        return content.contains("HEAD");
    }

    @Override
    public String toString() {
        return ending + " after\n  " + Bytes.story(bytes());
    }
}
