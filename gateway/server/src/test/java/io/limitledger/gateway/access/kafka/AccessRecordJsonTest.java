package io.limitledger.gateway.access.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessRecord;
import io.limitledger.gateway.access.AccessRecord.GrantRemoved;
import io.limitledger.gateway.access.AccessRecord.GrantStored;
import io.limitledger.gateway.access.AccessRecord.TokenRemoved;
import io.limitledger.gateway.access.AccessRecord.TokenStored;
import io.limitledger.gateway.access.AccessRecord.TokenUsed;
import io.limitledger.gateway.access.AccessToken;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Grant;
import io.limitledger.gateway.access.TokenHash;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccessRecordJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-29T02:00:00Z");
    private static final List<Allowed> ALLOW = List.of(Allowed.parse("hold:deploy-*"), Allowed.parse("read:*"));
    private static final TokenHash HASH = new TokenHash("0a".repeat(32));
    private static final AccessToken TOKEN = AccessToken.of("ci", ALLOW, HASH, NOW, NOW.plusSeconds(5), "user:alice");
    private static final AccessToken ROTATED =
            TOKEN.rotated(new TokenHash("0b".repeat(32)), NOW, null, Duration.ofSeconds(9));

    /** What was once written stays readable: these texts are added to, and never edited. */
    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(
                        new TokenStored(TOKEN),
                        "token/ci",
                        "{\"allow\":[\"hold:deploy-*\",\"read:*\"],\"createdAt\":\"2026-11-29T02:00:00Z\","
                                + "\"createdBy\":\"user:alice\",\"secrets\":[{\"sha256\":\"" + "0a".repeat(32)
                                + "\",\"createdAt\":\"2026-11-29T02:00:00Z\",\"expiresAt\":\"2026-11-29T02:00:05Z\"}]}"),
                Arguments.of(
                        new TokenStored(AccessToken.of("ci", List.of(), HASH, NOW, null, null)
                                .revoked(NOW)),
                        "token/ci",
                        "{\"allow\":[],\"createdAt\":\"2026-11-29T02:00:00Z\",\"secrets\":[{\"sha256\":\""
                                + "0a".repeat(32)
                                + "\",\"createdAt\":\"2026-11-29T02:00:00Z\"}],\"revokedAt\":\"2026-11-29T02:00:00Z\"}"),
                Arguments.of(
                        new TokenStored(ROTATED),
                        "token/ci",
                        "{\"allow\":[\"hold:deploy-*\",\"read:*\"],\"createdAt\":\"2026-11-29T02:00:00Z\","
                                + "\"createdBy\":\"user:alice\",\"secrets\":[{\"sha256\":\"" + "0b".repeat(32)
                                + "\",\"createdAt\":\"2026-11-29T02:00:00Z\"},{\"sha256\":\"" + "0a".repeat(32)
                                + "\",\"createdAt\":\"2026-11-29T02:00:00Z\",\"expiresAt\":\"2026-11-29T02:00:05Z\"}]}"),
                Arguments.of(new TokenRemoved("ci"), "token/ci", null),
                Arguments.of(new TokenUsed("ci", NOW), "used/ci", "{\"lastUsedAt\":\"2026-11-29T02:00:00Z\"}"),
                Arguments.of(
                        new GrantStored(new Grant("group:é/x", ALLOW, NOW, "token:admin")),
                        "rights/group:é/x",
                        "{\"allow\":[\"hold:deploy-*\",\"read:*\"],\"setAt\":\"2026-11-29T02:00:00Z\","
                                + "\"setBy\":\"token:admin\"}"),
                Arguments.of(new GrantRemoved("anyone"), "rights/anyone", null));
    }

    @ParameterizedTest
    @MethodSource("records")
    void isReadAsItWasWritten(AccessRecord record, String key, @Nullable String value) throws Exception {
        // when
        byte[] keyBytes = AccessRecordJson.key(record);
        byte[] valueBytes = AccessRecordJson.value(record);

        // then
        assertThat(new String(keyBytes, StandardCharsets.UTF_8)).isEqualTo(key);
        assertThat(valueBytes == null ? null : new String(valueBytes, StandardCharsets.UTF_8))
                .isEqualTo(value);
        assertThat(AccessRecordJson.read(keyBytes, valueBytes)).contains(record);
    }

    @Test
    void fieldsOfNewerVersionsAreIgnored() throws Exception {
        // given
        String value = "{\"setAt\":\"2026-11-29T02:00:00Z\",\"allow\":[\"read:*\"],\"colour\":\"red\"}";

        // when
        var read = AccessRecordJson.read(
                "rights/anyone".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(read).contains(new GrantStored(new Grant("anyone", List.of(Allowed.parse("read:*")), NOW, null)));
    }

    /** Whatever is in the topic, the book is left as it was or takes a whole record. */
    @Test
    void anyRecordIsReadOrPassedOver() {
        // given
        Random random = new Random(3);
        List<Arguments> golden = records().toList();
        AccessBook book = new AccessBook();
        int read = 0;
        int passedOver = 0;

        for (int round = 0; round < 50_000; round++) {
            Object[] record = golden.get(random.nextInt(golden.size())).get();
            byte[] key = changed(random, ((String) record[1]).getBytes(StandardCharsets.UTF_8));
            byte[] value =
                    record[2] == null ? null : changed(random, ((String) record[2]).getBytes(StandardCharsets.UTF_8));

            // when
            try {
                AccessRecordJson.read(key, value).ifPresent(book::apply);
                read++;
            } catch (UnreadableRecordException e) {
                passedOver++;
                assertThat(e.reason()).isNotEmpty();
            }
        }

        // then
        assertThat(read).isPositive();
        assertThat(passedOver).isPositive();
        assertThat(book.tokens())
                .allSatisfy((name, token) -> assertThat(token.secrets()).isNotEmpty());
    }

    /** An expiry that is damaged must not make a token that never expires. */
    @Test
    void aDamagedTimeIsNotNone() {
        // given
        byte[] key = "token/ci".getBytes(StandardCharsets.UTF_8);
        for (String expiry : List.of("5", "null", "\"\"", "\"soon\"", "{}", "[]")) {
            String value = "{\"allow\":[],\"createdAt\":\"2026-11-29T02:00:00Z\",\"secrets\":[{\"sha256\":\""
                    + "0a".repeat(32) + "\",\"createdAt\":\"2026-11-29T02:00:00Z\",\"expiresAt\":" + expiry + "}]}";

            // when / then
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> AccessRecordJson.read(key, value.getBytes(StandardCharsets.UTF_8)))
                    .as(expiry)
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    private static byte[] changed(Random random, byte[] bytes) {
        byte[] changed = bytes.clone();
        int changes = random.nextInt(4);
        for (int change = 0; change < changes && changed.length > 0; change++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? java.util.Arrays.copyOf(changed, random.nextInt(changed.length + 1)) : changed;
    }
}
