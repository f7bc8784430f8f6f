package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A state record as the value of a record in the store and its changelog. */
public final class StateJson {
    private static final Map<Class<?>, ObjectReader> READERS = new ConcurrentHashMap<>();

    private StateJson() {}

    public static byte[] write(Object state) {
        try {
            return LedgerJson.INTERNAL.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <T> T read(byte[] value, Class<T> type) {
        try {
            return READERS.computeIfAbsent(type, LedgerJson.INTERNAL::readerFor).readValue(value);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Expected a state record of type " + type.getSimpleName()
                            + ", but could not read it. Was the store written by another version of limits?",
                    e);
        }
    }
}
