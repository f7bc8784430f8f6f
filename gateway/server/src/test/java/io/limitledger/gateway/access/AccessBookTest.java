package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessBookTest {
    private static final Instant NOW = Instant.parse("2026-11-29T02:00:00Z");

    private final AccessBook book = new AccessBook();

    private static List<Allowed> allow(String... texts) {
        return List.of(texts).stream().map(Allowed::parse).toList();
    }

    private static Principal alice(String... groups) {
        return new Principal("user:alice", Set.of(groups), List.of());
    }

    private static AccessToken token(String name, TokenText text) {
        return AccessToken.of(name, allow("read:*"), text.hash(), NOW, null, null);
    }

    @Test
    void rightsOfPrincipalGroupsAndAnyoneAddUp() {
        // given
        book.put(new Grant("user:alice", allow("define:a"), NOW, null));
        book.put(new Grant("group:platform", allow("hold:b"), NOW, null));
        book.put(new Grant("group:others", allow("admin:*"), NOW, null));
        book.put(new Grant("anyone", allow("read:c"), NOW, null));

        // when
        Rights rights = book.rights(alice("platform"));

        // then
        assertThat(rights.may(Right.DEFINE, "a")).isTrue();
        assertThat(rights.may(Right.HOLD, "b")).isTrue();
        assertThat(rights.may(Right.READ, "c")).isTrue();
        assertThat(rights.may(Right.HOLD, "c")).isFalse();
        assertThat(rights.mayAll(Right.READ)).isFalse();
    }

    @Test
    void aChangeIsInForceAtOnce() {
        // given
        book.put(new Grant("user:alice", allow("read:a"), NOW, null));
        Rights before = book.rights(alice());

        // when
        book.removeGrant("user:alice");

        // then
        assertThat(before.may(Right.READ, "a")).isTrue();
        assertThat(book.rights(alice()).may(Right.READ, "a")).isFalse();
    }

    @Test
    void otherGroupsAreOtherRights() {
        // given
        book.put(new Grant("group:platform", allow("admin:*"), NOW, null));
        book.rights(alice("platform"));

        // when
        Rights without = book.rights(alice());

        // then
        assertThat(without.mayAll(Right.READ)).isFalse();
    }

    @Test
    void rightsAreMadeOnceForAPrincipal() {
        // given
        Rights first = book.rights(alice("platform"));

        // when
        Rights second = book.rights(alice("platform"));

        // then
        assertThat(second).isSameAs(first);
    }

    @Test
    void aFileGoesBeforeWhatWasSetAtRunTime() {
        // given
        TokenText ofFile = TokenText.random(new SecureRandom());
        TokenText other = TokenText.random(new SecureRandom());
        book.put(token("ci", other));
        book.put(new Grant("user:alice", allow("admin:*"), NOW, null));

        // when
        book.fix(FixedAccess.of(
                List.of(token("ci", ofFile)), List.of(new Grant("user:alice", allow("read:a"), NOW, null))));

        // then
        assertThat(book.holder(ofFile.hash())).isPresent();
        assertThat(book.holder(other.hash())).isEmpty();
        assertThat(book.rights(alice()).mayAll(Right.READ)).isFalse();
        assertThat(book.isTokenFixed("ci")).isTrue();
        assertThat(book.tokens().get("ci")).isEqualTo(token("ci", ofFile));
    }

    @Test
    void whatTheFileNoLongerHasIsAsBefore() {
        // given
        TokenText other = TokenText.random(new SecureRandom());
        book.put(token("ci", other));
        book.fix(FixedAccess.of(List.of(token("ci", TokenText.random(new SecureRandom()))), List.of()));

        // when
        book.fix(FixedAccess.NONE);

        // then
        assertThat(book.holder(other.hash())).isPresent();
    }

    @Test
    void aTokenThatIsCreatedAnewHasNoneOfItsFormerTexts() {
        // given
        TokenText former = TokenText.random(new SecureRandom());
        TokenText newer = TokenText.random(new SecureRandom());
        book.put(token("ci", former));
        book.used("ci", NOW.minusSeconds(1));

        // when
        book.put(token("ci", newer));

        // then
        assertThat(book.holder(former.hash())).isEmpty();
        assertThat(book.holder(newer.hash())).isPresent();
        assertThat(book.lastUsed(token("ci", newer))).isNull();
    }
}
