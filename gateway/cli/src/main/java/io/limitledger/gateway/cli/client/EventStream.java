package io.limitledger.gateway.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Server-sent events, one after the other. */
public final class EventStream implements AutoCloseable {
    private static final String DATA = "data:";
    private static final String ID = "id:";

    private final BufferedReader lines;
    private @Nullable String position;

    EventStream(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Waits for the next event; null at the end of the stream. */
    public @Nullable JsonObject next() throws IOException {
        String data = null;
        String id = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                data = line.substring(DATA.length()).strip();
            } else if (line.startsWith(ID)) {
                id = line.substring(ID.length()).strip();
            } else if (line.isEmpty() && data != null) {
                position = id == null ? position : id;
                return Json.object(data);
            }
        }
        return null;
    }

    /** Behind the last event, to go on from; null before the first. */
    public @Nullable String position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
