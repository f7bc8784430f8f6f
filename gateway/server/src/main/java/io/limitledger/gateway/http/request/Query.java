package io.limitledger.gateway.http.request;

import io.javalin.http.Context;
import io.limitledger.core.command.InvalidField;
import io.limitledger.wire.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the parameters behind the question mark, with all mistakes at once; like {@link JsonBody} for bodies. */
public final class Query {
    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1_000;

    /** Without those that are empty: these are the same as not given. */
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    private final Set<String> known = new LinkedHashSet<>();
    private final List<InvalidField> mistakes = new ArrayList<>();

    public Query(Context request) {
        request.queryParamMap()
                .forEach((name, values) -> parameters.put(
                        name, values.stream().filter(value -> !value.isEmpty()).toList()));
    }

    public @Nullable String text(String name) {
        return read(name, "one value in UTF-8", text -> text);
    }

    /** One of the words for the constants of a type. */
    public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        String words = Stream.of(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(" or "));
        return read(name, words, text -> Words.read(text, type));
    }

    /** A parameter that may be given several times; empty if it is not given. */
    public Set<String> texts(String name) {
        known.add(name);
        return Set.copyOf(parameters.getOrDefault(name, List.of()));
    }

    /** The same, but at most this many. */
    public Set<String> texts(String name, int most) {
        Set<String> texts = texts(name);
        if (texts.size() > most) {
            mistakes.add(new InvalidField(name, "Expected at most " + most + " of them, but got " + texts.size()));
        }
        return texts;
    }

    /** A number from 0 on after which the page begins. */
    public long after() {
        return Objects.requireNonNullElse(read("after", "the 'next' of another page", Numbers::count), 0L);
    }

    /** A number from 0 to this one; null if it is not given. */
    public @Nullable Long count(String name, long most) {
        return read(name, "a whole number from 0 to " + most, text -> countUpTo(most, text));
    }

    private static @Nullable Long countUpTo(long most, String text) {
        Long count = Numbers.count(text);
        return count != null && count <= most ? count : null;
    }

    /** How many items a page may have. */
    public int size() {
        Integer size = read("size", "1 to " + MAX_SIZE, Query::size);
        return size == null ? DEFAULT_SIZE : size;
    }

    private static @Nullable Integer size(String text) {
        Long size = Numbers.count(text);
        return size != null && size >= 1 && size <= MAX_SIZE ? size.intValue() : null;
    }

    /** A time that has passed, in epoch milliseconds. */
    public @Nullable Long past(String name, long now) {
        return read(name, "a time that has passed, such as 2026-11-20T10:15:00Z", text -> timeUpTo(now, text));
    }

    /** A time that has passed, in epoch milliseconds; null if a text is not one. */
    public static @Nullable Long timeUpTo(long now, String text) {
        try {
            long at = Instant.parse(text).toEpochMilli();
            return at <= now ? at : null;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** Where to go on: the {@code next} of the page before. */
    public <T> @Nullable T cursor(Function<String, @Nullable T> reader) {
        return read("after", "the 'next' of another page", reader);
    }

    /** To be called when everything is read. */
    public void check() {
        parameters.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> mistakes.add(new InvalidField(
                        Quote.brief(name), "Expected only " + String.join(", ", known) + ", but got another")));
        Valid.check(mistakes);
    }

    private <T> @Nullable T read(String name, String expected, Function<String, @Nullable T> reader) {
        known.add(name);
        List<String> texts = parameters.get(name);
        if (texts == null || texts.isEmpty()) {
            return null;
        }
        T value = texts.size() == 1 ? reader.apply(texts.get(0)) : null;
        if (value == null) {
            mistakes.add(new InvalidField(
                    name, "Expected " + expected + ", but got " + Quote.brief(String.join(", ", texts))));
        }
        return value;
    }
}
