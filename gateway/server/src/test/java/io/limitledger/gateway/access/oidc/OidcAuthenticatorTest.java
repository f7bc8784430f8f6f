package io.limitledger.gateway.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.OidcSettings;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.UnauthenticatedException;
import io.limitledger.timer.VirtualTimer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an identity provider, valid and forged; and a provider that rotates its keys and is down. */
class OidcAuthenticatorTest {
    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");

    private final VirtualTimer timer = new VirtualTimer();
    private final TestProvider provider = new TestProvider();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return START.plusMillis(timer.nowMillis() - startMillis);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final long startMillis = timer.nowMillis();
    private OidcAuthenticator authenticator;

    @BeforeEach
    void start() {
        authenticator = OidcAuthenticator.start(settings("sub"), clock, timer);
        awaitKeys();
    }

    private OidcSettings settings(String userClaim) {
        return new OidcSettings(URI.create(provider.issuer()), TestProvider.AUDIENCE, userClaim, "groups", null);
    }

    private void awaitKeys() {
        await().until(() -> authenticator.problem() == null);
    }

    @AfterEach
    void stop() {
        authenticator.close();
        provider.close();
    }

    @Test
    void knowsTheUserAndItsGroups() {
        // when
        Principal principal =
                known(provider.token(START, claims -> claims.claim("groups", List.of("platform", 7, "ops"))));

        // then
        assertThat(principal).isEqualTo(new Principal("user:alice", Set.of("platform", "ops"), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer ll_abc", "Bearer", "Negotiate abc"})
    void leavesOtherCredentialsToOthers(String header) {
        // when
        CompletableFuture<Optional<Principal>> found = authenticator.authenticate(credentials(header));

        // then
        assertThat(found).isCompletedWithValue(Optional.empty());
    }

    static Arguments attack(String name, BiFunction<TestProvider, JWTClaimsSet.Builder, String> forge) {
        return arguments(name, forge);
    }

    static List<Arguments> attacks() {
        List<Arguments> attacks = new ArrayList<>();
        attacks.add(attack("another audience", (at, claims) -> signed(at, claims.audience("other"))));
        attacks.add(attack("no audience", (at, claims) -> signed(at, claims.audience((String) null))));
        attacks.add(attack(
                "expired", (at, claims) -> signed(at, claims.expirationTime(Date.from(START.minusSeconds(61))))));
        attacks.add(attack("no end", (at, claims) -> signed(at, claims.expirationTime(null))));
        attacks.add(attack(
                "valid later", (at, claims) -> signed(at, claims.notBeforeTime(Date.from(START.plusSeconds(61))))));
        attacks.add(attack(
                "issued later", (at, claims) -> signed(at, claims.issueTime(Date.from(START.plusSeconds(61))))));
        attacks.add(attack("another issuer", (at, claims) -> signed(at, claims.issuer(at.issuer() + "/"))));
        attacks.add(attack("no user", (at, claims) -> signed(at, claims.subject(null))));
        attacks.add(attack("an empty user", (at, claims) -> signed(at, claims.subject(""))));
        attacks.add(attack("a user of two lines", (at, claims) -> signed(at, claims.subject("a\nb"))));
        attacks.add(attack("a user that is too long", (at, claims) -> signed(at, claims.subject("a".repeat(251)))));
        attacks.add(attack("a user that turns the line", (at, claims) -> signed(at, claims.subject("a\u202eb"))));
        attacks.add(attack(
                "another key", (at, claims) -> TestProvider.sign(at.header(), claims.build(), TestProvider.newKey())));
        attacks.add(attack("a key of its own", (at, claims) -> {
            ECKey own = TestProvider.newKey();
            return TestProvider.sign(header(at).jwk(own.toPublicJWK()).build(), claims.build(), own);
        }));
        attacks.add(attack(
                "keys elsewhere",
                (at, claims) -> TestProvider.sign(
                        header(at).jwkURL(URI.create(at.issuer() + "/keys")).build(),
                        claims.build(),
                        TestProvider.newKey())));
        attacks.add(attack(
                "an unknown condition",
                (at, claims) -> TestProvider.sign(
                        header(at)
                                .criticalParams(Set.of("other"))
                                .customParam("other", 1)
                                .build(),
                        claims.build(),
                        at.key())));
        attacks.add(attack("no signature", (at, claims) -> unsigned("none", at, claims)));
        attacks.add(attack("no signature, in other letters", (at, claims) -> unsigned("nOnE", at, claims)));
        attacks.add(attack("no signature, but an algorithm", (at, claims) -> unsigned("ES256", at, claims)));
        attacks.add(attack("the public key as a secret", OidcAuthenticatorTest::signedWithThePublicKey));
        attacks.add(attack("another payload", (at, claims) -> {
            String[] parts = signed(at, claims).split("\\.", -1);
            return parts[0] + "." + base64(claims.subject("root").build().toString()) + "." + parts[2];
        }));
        attacks.add(attack("too long", (at, claims) -> signed(at, claims.claim("x", "y".repeat(20_000)))));
        attacks.add(attack("deep", (at, claims) -> base64("[".repeat(9_000)) + ".e30.e30"));
        attacks.add(attack("no JSON", (at, claims) -> "e.e.e"));
        return attacks;
    }

    private static String signed(TestProvider at, JWTClaimsSet.Builder claims) {
        return TestProvider.sign(at.header(), claims.build(), at.key());
    }

    private static JWSHeader.Builder header(TestProvider at) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(at.key().getKeyID());
    }

    private static String unsigned(String algorithm, TestProvider at, JWTClaimsSet.Builder claims) {
        String header =
                "{\"alg\": \"" + algorithm + "\", \"kid\": \"" + at.key().getKeyID() + "\"}";
        return base64(header) + "." + base64(claims.build().toString()) + ".";
    }

    private static String signedWithThePublicKey(TestProvider at, JWTClaimsSet.Builder claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(at.key().getKeyID())
                            .build(),
                    claims.build());
            token.sign(new MACSigner(at.key().toPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void refusesAForgedToken(String name, BiFunction<TestProvider, JWTClaimsSet.Builder, String> forge) {
        // given
        String token = forge.apply(provider, provider.claims(START));

        // when
        CompletableFuture<Optional<Principal>> found = authenticator.authenticate(credentials("Bearer " + token));

        // then
        assertThat(refusal(found)).isNotBlank().doesNotContain(token).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "../../../../dev/null", "' or 1=1 --", "http://127.0.0.1:1/keys", "\u0000"})
    void findsNoKeyByAnIdThatAnAttackerChooses(String id) {
        // given
        ECKey own = TestProvider.newKey();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(id).build();
        String token = TestProvider.sign(header, provider.claims(START).build(), own);

        // when
        CompletableFuture<Optional<Principal>> found = authenticator.authenticate(credentials("Bearer " + token));
        timer.pass(ProviderKeys.LEAST_MILLIS);

        // then
        assertThat(refusal(found)).contains("a key that is not one of " + provider.issuer());
    }

    @Test
    void asksTheProviderAtABoundedRateWhateverIdsClientsInvent() {
        // given
        int before = provider.reads();
        List<CompletableFuture<Optional<Principal>>> all = new ArrayList<>();

        // when
        for (int i = 0; i < 500; i++) {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("id-" + i).build();
            String token = TestProvider.sign(header, provider.claims(START).build(), provider.key());
            all.add(authenticator.authenticate(credentials("Bearer " + token)));
        }
        timer.pass(ProviderKeys.LEAST_MILLIS);

        // then
        all.forEach(OidcAuthenticatorTest::refusal);
        assertThat(provider.reads() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void waitsForAKeyThatIsNewAndHoldsNoThread() {
        // given
        provider.rotate();
        String token = provider.token(START, claims -> {});

        // when
        CompletableFuture<Optional<Principal>> found = authenticator.authenticate(credentials("Bearer " + token));
        timer.pass(ProviderKeys.LEAST_MILLIS);

        // then
        assertThat(found).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(found.join()).map(Principal::name).contains("user:alice");
    }

    @Test
    void takesNewTokensThroughAnOutageOfTheProviderOfTwoHours() {
        // given
        provider.stop();

        // when
        for (int minute = 0; minute < 120; minute++) {
            timer.pass(Duration.ofMinutes(1).toMillis());
            String token = provider.token(clock.instant(), claims -> {});

            // then
            assertThat(known(token).name()).isEqualTo("user:alice");
        }
        await().until(() -> authenticator.problem() != null);
    }

    @Test
    void refusesATokenWhoseKeyWasTakenBackAlsoIfItWasTakenBefore() {
        // given
        String token = provider.token(START, claims -> claims.expirationTime(Date.from(START.plusSeconds(36_000))));
        Principal before = known(token);
        provider.rotate();
        provider.withdrawOldKeys();
        int reads = provider.reads();
        timer.pass(ProviderKeys.REFRESH_MILLIS);
        await().until(() -> provider.reads() > reads);

        // when
        await().until(() -> {
            CompletableFuture<Optional<Principal>> found = authenticator.authenticate(credentials("Bearer " + token));
            timer.pass(ProviderKeys.LEAST_MILLIS);
            return found.handle((principal, failure) -> failure != null).get(20, TimeUnit.SECONDS);
        });

        // then
        assertThat(before.name()).isEqualTo("user:alice");
    }

    @Test
    void refusesAKnownTokenWhenItEnds() {
        // given
        String token = provider.token(START, claims -> {});
        known(token);

        // when
        timer.pass(Duration.ofMinutes(5).plus(OidcAuthenticator.CLOCK_SKEW).toMillis());

        // then
        assertThat(refusal(authenticator.authenticate(credentials("Bearer " + token))))
                .contains("expired at");
    }

    @Test
    void takesTokensOnceAProviderThatWasDownAtTheStartAnswers() {
        // given
        provider.stop();
        authenticator.close();
        authenticator = OidcAuthenticator.start(settings("sub"), clock, timer);
        await().until(() -> String.valueOf(authenticator.problem()).contains("ConnectException"));
        provider.start();

        // when
        timer.pass(ProviderKeys.RETRY_MILLIS);

        // then
        awaitKeys();
        assertThat(known(provider.token(clock.instant(), claims -> {})).name()).isEqualTo("user:alice");
    }

    @Test
    void takesRsaKeysOfTheirOwnAlgorithmOnly() throws Exception {
        // given
        RSAKey rsa = new RSAKeyGenerator(2_048)
                .keyID("rsa")
                .algorithm(JWSAlgorithm.PS256)
                .generate();
        KeySet keys = KeySet.parse("{\"keys\": [" + rsa.toPublicJWK().toJSONString() + "]}");
        SignedJWT expected = new SignedJWT(
                new JWSHeader(JWSAlgorithm.PS256), provider.claims(START).build());
        SignedJWT other = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256), provider.claims(START).build());
        expected.sign(new RSASSASigner(rsa));
        other.sign(new RSASSASigner(rsa));

        // when
        List<Boolean> verified = List.of(keys.verifies(expected), keys.verifies(other));

        // then
        assertThat(verified).containsExactly(true, false);
    }

    @Test
    void namesAUserByAMailAddressOnlyIfTheProviderHasVerifiedIt() {
        // given
        authenticator.close();
        authenticator = OidcAuthenticator.start(settings("email"), clock, timer);
        awaitKeys();
        String verified =
                provider.token(START, claims -> claims.claim("email", "a@b.c").claim("email_verified", true));
        String unverified =
                provider.token(START, claims -> claims.claim("email", "a@b.c").claim("email_verified", false));

        // when
        Principal principal = known(verified);

        // then
        assertThat(principal.name()).isEqualTo("user:a@b.c");
        assertThat(refusal(authenticator.authenticate(credentials("Bearer " + unverified))))
                .contains("has not verified the mail address");
    }

    private Principal known(String token) {
        return authenticator
                .authenticate(credentials("Bearer " + token))
                .orTimeout(20, TimeUnit.SECONDS)
                .join()
                .orElseThrow();
    }

    /** The text of a refusal. */
    private static String refusal(CompletableFuture<Optional<Principal>> found) {
        return found.orTimeout(20, TimeUnit.SECONDS)
                .handle((principal, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    assertThat(cause).as("refusal, not %s", principal).isInstanceOf(UnauthenticatedException.class);
                    return cause.getMessage();
                })
                .join();
    }

    private static Credentials credentials(String authorization) {
        return new Credentials(
                InetAddress.getLoopbackAddress(), null, name -> name.equals("Authorization") ? authorization : null);
    }
}
