package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-11-29T02:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final AccessBook book = new AccessBook();
    private final TokenText text = TokenText.random(new SecureRandom());
    private final AccessToken token = AccessToken.of(
            "ci", List.of(Allowed.parse("hold:deploy-*")), text.hash(), NOW, NOW.plus(DAY), "token:admin");
    private final List<Instant> uses = new ArrayList<>();

    private TokenAuthenticator at(Instant now) {
        return new TokenAuthenticator(book, Clock.fixed(now, ZoneOffset.UTC), (name, at) -> uses.add(at));
    }

    private static Credentials header(@Nullable String authorization) {
        return new Credentials(
                InetAddress.getLoopbackAddress(),
                null,
                name -> name.equalsIgnoreCase("Authorization") ? authorization : null);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Principal> authenticate(Instant now, @Nullable String authorization) {
        return at(now).authenticate(header(authorization)).join();
    }

    @Test
    void aTokenIsSentInFourWays() {
        // given
        book.put(token);
        String secret = text.secret();
        List<String> headers = List.of(
                "Bearer " + secret,
                "bearer  " + secret,
                basic("any user:" + secret),
                basic(secret + ":"),
                basic(secret));

        // when
        List<Optional<Principal>> found =
                headers.stream().map(header -> authenticate(NOW, header)).toList();

        // then
        assertThat(found).allSatisfy(one -> assertThat(one).map(Principal::name).contains("token:ci"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer eyJhbGciOi.eyJ.sig", "Basic !!!", "Basic YTpi", "Digest ll_x", "ll_x"})
    void leavesOtherCredentialsToOthers(String header) {
        // when
        Optional<Principal> found = authenticate(NOW, header);

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void noCredentialsAreNotAToken() {
        // when
        Optional<Principal> found = authenticate(NOW, null);

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void eachMistakeHasItsOwnWords() {
        // given
        String unknown = TokenText.random(new SecureRandom()).secret();
        book.put(token);

        // when / then
        assertRefused(NOW, text.secret() + "x", "has 52 characters, but this one has 53");
        assertRefused(NOW, unknown, "does not know the token");
        assertRefused(NOW.plus(DAY), text.secret(), "expired at 2026-11-30T02:00:00Z");
        book.put(token.revoked(NOW));
        assertRefused(NOW, text.secret(), "was revoked at 2026-11-29T02:00:00Z");
    }

    private void assertRefused(Instant now, String secret, String words) {
        assertThatThrownBy(() -> authenticate(now, "Bearer " + secret))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining(secret);
    }

    @Test
    void bothTextsAreValidAfterARotationUntilTheOlderOneEnds() {
        // given
        TokenText newer = TokenText.random(new SecureRandom());
        book.put(token);

        // when
        book.put(token.rotated(newer.hash(), NOW, null, Duration.ofHours(1)));

        // then
        assertThat(authenticate(NOW, "Bearer " + text.secret())).isPresent();
        assertThat(authenticate(NOW.plus(DAY), "Bearer " + newer.secret())).isPresent();
        assertRefused(NOW.plus(Duration.ofHours(1)), text.secret(), "was replaced by a newer text");
    }

    @Test
    void theOldestOfThreeTextsIsForgotten() {
        // given
        TokenText second = TokenText.random(new SecureRandom());
        TokenText third = TokenText.random(new SecureRandom());
        AccessToken twice = token.rotated(second.hash(), NOW, null, DAY);
        book.put(token);
        book.put(twice);

        // when
        book.put(twice.rotated(third.hash(), NOW, null, DAY));

        // then
        assertRefused(NOW, text.secret(), "does not know the token");
        assertThat(authenticate(NOW, "Bearer " + second.secret())).isPresent();
    }

    @Test
    void aUseIsNotedOnceAnHour() {
        // given
        book.put(token);
        List<Instant> now = new ArrayList<>(List.of(NOW));
        TokenAuthenticator authenticator = new TokenAuthenticator(
                book,
                new Clock() {
                    @Override
                    public java.time.ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now.get(0);
                    }
                },
                (name, at) -> uses.add(at));

        // when
        for (int minute = 0; minute <= 90; minute++) {
            now.set(0, NOW.plus(Duration.ofMinutes(minute)));
            authenticator.identify(text.secret());
        }

        // then
        assertThat(uses).containsExactly(NOW, NOW.plus(Duration.ofMinutes(61)));
    }
}
