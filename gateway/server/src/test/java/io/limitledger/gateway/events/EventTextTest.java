package io.limitledger.gateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be passed on to clients. */
class EventTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"OfALaterVersion\",\"fact\":{\"a\":[1,{}]}}", "{\"a\":\"ü\"}"})
    void shouldPassOnOneObject(String text) {
        // then
        assertThat(EventText.isOne(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":}",
                "{\n}",
                "{}\n\nevent: forged\ndata: {}",
                "{\r}",
                "no JSON"
            })
    void shouldPassOnNothingElse(String text) {
        // then
        assertThat(EventText.isOne(text.getBytes(UTF_8))).isFalse();
    }

    @Test
    void shouldPassOnNoTombstoneAndNoBytesThatAreNoText() {
        // then
        assertThat(EventText.isOne(null)).isFalse();
        assertThat(EventText.isOne(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}))
                .isFalse();
        assertThat(EventText.isOne(("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8)))
                .isFalse();
    }
}
