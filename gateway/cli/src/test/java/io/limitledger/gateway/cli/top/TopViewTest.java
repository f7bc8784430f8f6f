package io.limitledger.gateway.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.cli.client.Json;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.Screen;
import io.limitledger.gateway.cli.client.TextWidth;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code limits top} shows, and what keys do. */
class TopViewTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:30Z");

    private final TopState state = new TopState();

    @Test
    void showsBarsRatesAndTheOldestWait() throws IOException {
        // given
        Snapshot snapshot = snapshot("""
                {"name":"database","limit":10,"active":true,"occupied":5,"leases":4,"waiting":0}""", """
                {"name":"deploy","limit":1,"active":true,"occupied":1,"leases":1,"waiting":2,"waitingSince":"2026-11-20T10:00:00Z"}""", """
                {"name":"mail","active":false,"occupied":0,"leases":0,"waiting":0,"quotas":[{"slots":100,"perSeconds":60,"taken":25}]}""");

        // when
        List<String> lines = view(100, 20).lines(snapshot, state, NOW);

        // then
        assertThat(lines)
                .containsExactly(
                        "3 limits, 5 leases, 2 waiting, 1.5 granted/s, 0.2 denied/s",
                        "sorted by waiting",
                        "NAME        IN USE                             WAITING  OLDEST GRANT/S  DENY/S",
                        "deploy      [||||||||||||||||||||]         1/1       2     30s     0.0     0.0",
                        "database    [||||||||||          ]        5/10       0       -     1.5     0.2",
                        "mail        [|||||               ]      25/100       0       -     0.0     0.0  disabled",
                        "s sort   r reverse   / filter   space pause   Enter open   q quit");
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "40, 5", "200, 100"})
    void neverDrawsMoreThanTheTerminalHas(int width, int height) throws IOException {
        // given
        Snapshot snapshot = snapshot(IntStream.range(0, 300)
                .mapToObj(number -> "{\"name\":\"" + "x".repeat(number % 90) + number
                        + "\",\"limit\":3,\"active\":true,\"occupied\":1,\"leases\":1,\"waiting\":0}")
                .toArray(String[]::new));
        IntStream.range(0, 150).forEach(press -> state.press(TopState.DOWN, snapshot));

        // when
        List<String> lines = view(width, height).lines(snapshot, state, NOW);

        // then
        assertThat(lines).hasSize(height).allMatch(line -> TextWidth.of(line) <= width);
    }

    @Test
    void filtersSortsAndOpensByKeys() throws IOException {
        // given
        Snapshot snapshot = snapshot("""
                {"name":"a","limit":10,"active":true,"occupied":1}""", """
                {"name":"b","limit":10,"active":true,"occupied":9}""", """
                {"name":"bb","limit":10,"active":true,"occupied":5}""");

        // when
        "s/b\r".chars().forEach(key -> state.press(key, snapshot));
        state.press(TopState.DOWN, snapshot);
        state.press('\r', snapshot);

        // then
        assertThat(state.rows(snapshot))
                .extracting(limit -> limit.requiredText("name"))
                .containsExactly("b", "bb");
        assertThat(state.opened()).isEqualTo("bb");
        assertThat(state.isEnded()).isFalse();
    }

    @Test
    void goesBackBeforeItEnds() throws IOException {
        // given
        Snapshot snapshot = snapshot("{\"name\":\"a\",\"limit\":1}");
        state.press('\r', snapshot);

        // when
        state.press('q', snapshot);

        // then
        assertThat(state.opened()).isNull();
        assertThat(state.isEnded()).isFalse();
    }

    @Test
    void saysThatItIsStale() throws IOException {
        // given
        Snapshot snapshot = snapshot("{\"name\":\"a\",\"limit\":1}").failed("No gateway answers");

        // when
        List<String> lines = view(80, 10).lines(snapshot, state, NOW);

        // then
        assertThat(lines.get(1)).isEqualTo("STALE for 2s: No gateway answers");
    }

    @Test
    void forgetsDecisionsAfterTenSeconds() {
        // given
        EventRates rates = new EventRates();
        long begin = System.nanoTime();
        rates.add("a", "LeaseGranted", begin);
        rates.add("a", "LeaseDenied", begin);
        rates.add("a", "LeaseReleased", begin);

        // when
        Map<String, EventRates.Rate> at = rates.rates(begin);
        Map<String, EventRates.Rate> later = rates.rates(begin + 11_000_000_000L);

        // then
        assertThat(at.get("a")).isEqualTo(new EventRates.Rate(1, 1));
        assertThat(later).isEmpty();
    }

    private static TopView view(int width, int height) {
        return new TopView(new Screen.Size(width, height), false);
    }

    private static Snapshot snapshot(String... limits) throws IOException {
        List<JsonObject> read = new ArrayList<>();
        for (String limit : limits) {
            read.add(Json.object(limit));
        }
        return new Snapshot(
                NOW.minusSeconds(2),
                read,
                Map.of("database", new EventRates.Rate(1.5, 0.2)),
                null,
                List.of(),
                List.of(),
                null);
    }
}
