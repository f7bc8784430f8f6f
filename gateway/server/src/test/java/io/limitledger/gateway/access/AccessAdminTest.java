package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.gateway.access.AccessAdmin.NewToken;
import io.limitledger.gateway.access.AccessRefusedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AccessAdminTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<Allowed> ALLOW = List.of(Allowed.parse("hold:deploy-*"));

    private final SettableClock clock = new SettableClock();
    private final AccessBook book = new AccessBook();
    private final AccessAdmin admin = new AccessAdmin(book, new AccessInMemory(book), clock);

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-29T02:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static void assertRefused(CompletableFuture<?> change, Reason reason) {
        assertThatThrownBy(change::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(InstanceOfAssertFactories.type(AccessRefusedException.class))
                .extracting(AccessRefusedException::reason)
                .isEqualTo(reason);
    }

    @Test
    void aNameIsGivenOnce() {
        // given
        admin.create("ci", ALLOW, DAY, "token:admin").join();

        // when
        CompletableFuture<NewToken> again = admin.create("ci", ALLOW, null, null);

        // then
        assertRefused(again, Reason.TOKEN_EXISTS);
    }

    @Test
    void theNameOfARevokedTokenIsFree() {
        // given
        NewToken former = admin.create("ci", ALLOW, null, null).join();
        admin.revoke("ci").join();

        // when
        NewToken newer = admin.create("ci", ALLOW, null, null).join();

        // then
        assertThat(book.holder(newer.text().hash())).isPresent();
        assertThat(book.holder(former.text().hash())).isEmpty();
    }

    @Test
    void aRotatedTokenIsGivenOutForAsLongAsBefore() {
        // given
        admin.create("ci", ALLOW, DAY.multipliedBy(90), null).join();
        clock.now = clock.now.plus(DAY.multipliedBy(80));

        // when
        NewToken rotated = admin.rotate("ci", DAY, null).join();

        // then
        assertThat(rotated.token().expiresAt()).isEqualTo(clock.now.plus(DAY.multipliedBy(90)));
        assertThat(rotated.token().previousUntil(clock.now)).contains(clock.now.plus(DAY));
    }

    @Test
    void aRotationDoesNotProlongTheTextBefore() {
        // given
        admin.create("ci", ALLOW, DAY, null).join();

        // when
        NewToken rotated = admin.rotate("ci", DAY.multipliedBy(7), null).join();

        // then
        assertThat(rotated.token().previousUntil(clock.now)).contains(clock.now.plus(DAY));
    }

    @Test
    void aRevokedTokenIsNotRotated() {
        // given
        admin.create("ci", ALLOW, null, null).join();
        admin.revoke("ci").join();

        // when
        CompletableFuture<NewToken> rotated = admin.rotate("ci", DAY, null);

        // then
        assertRefused(rotated, Reason.TOKEN_REVOKED);
    }

    @Test
    void whatIsNotThereIsNotChanged() {
        assertRefused(admin.revoke("ci"), Reason.TOKEN_NOT_FOUND);
        assertRefused(admin.rotate("ci", DAY, null), Reason.TOKEN_NOT_FOUND);
        assertRefused(admin.withdraw("anyone"), Reason.RIGHTS_NOT_FOUND);
    }

    @Test
    void whatIsInAFileIsNotChanged() {
        // given
        AccessToken token = AccessToken.of("ci", ALLOW, new TokenHash("0".repeat(64)), clock.now, null, null);
        book.fix(FixedAccess.of(List.of(token), List.of(new Grant("anyone", ALLOW, clock.now, null))));

        // when / then
        assertRefused(admin.create("ci", ALLOW, null, null), Reason.FROM_FILE);
        assertRefused(admin.rotate("ci", DAY, null), Reason.FROM_FILE);
        assertRefused(admin.revoke("ci"), Reason.FROM_FILE);
        assertRefused(admin.grant("anyone", ALLOW, null), Reason.FROM_FILE);
        assertRefused(admin.withdraw("anyone"), Reason.FROM_FILE);
    }

    @Test
    void theFirstTokenIsMadeOnce() {
        // given
        Optional<NewToken> first = admin.createFirst().join();

        // when
        Optional<NewToken> second = admin.createFirst().join();

        // then
        assertThat(first)
                .hasValueSatisfying(
                        made -> assertThat(book.rights(made.token().principal()).mayAll(Right.ADMIN))
                                .isTrue());
        assertThat(second).isEmpty();
    }

    @Test
    void theAdministratorGetsANewTokenWhateverBecameOfTheFirst() {
        // given
        NewToken first = admin.createFirst().join().orElseThrow();
        admin.revoke(AccessAdmin.ADMIN).join();

        // when
        NewToken newer = admin.replaceAdmin().join();

        // then
        assertThat(book.holder(newer.text().hash())).isPresent();
        assertThat(book.holder(first.text().hash())).isEmpty();
    }

    @Test
    void longRevokedTokensMakeRoom() {
        // given
        admin.create("ci", ALLOW, null, null).join();
        admin.revoke("ci").join();
        clock.now = clock.now.plus(DAY.multipliedBy(91));

        // when
        admin.create("other", ALLOW, null, null).join();

        // then
        assertThat(book.tokens()).containsOnlyKeys("other");
    }

    @Test
    void thereAreOnlySoManyTokens() {
        // given
        for (int number = 0; number < AccessAdmin.MAX_TOKENS; number++) {
            book.put(AccessToken.of(
                    "t" + number, ALLOW, new TokenHash(String.format("%064x", number)), clock.now, null, null));
        }

        // when
        CompletableFuture<NewToken> more = admin.create("one-more", ALLOW, null, null);

        // then
        assertRefused(more, Reason.TOO_MANY);
    }
}
