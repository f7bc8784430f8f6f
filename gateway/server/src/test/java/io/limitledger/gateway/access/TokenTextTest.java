package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTextTest {
    private static final SecureRandom SECURE = new SecureRandom();
    private static final int MANY = 2_000;

    @Test
    void readsWhatItHasMade() {
        for (int round = 0; round < MANY; round++) {
            // given
            TokenText made = TokenText.random(SECURE);

            // when
            TokenText read = TokenText.parse(made.secret());

            // then
            assertThat(read.hash()).isEqualTo(made.hash());
            assertThat(made.secret()).matches(TokenText.REGULAR_EXPRESSION).hasSize(TokenText.CHARACTERS);
        }
    }

    @Test
    void noTwoAreAlike() {
        // given
        Set<TokenHash> hashes = new HashSet<>();

        // when
        for (int round = 0; round < MANY; round++) {
            hashes.add(TokenText.random(SECURE).hash());
        }

        // then
        assertThat(hashes).hasSize(MANY);
    }

    @Test
    void everySingleChangeIsNoticed() {
        // given
        Random random = new Random(1);
        String text = TokenText.random(SECURE).secret();

        for (int at = 0; at < text.length(); at++) {
            char other = other(random, text.charAt(at));
            String changed = text.substring(0, at) + other + text.substring(at + 1);

            // when / then
            assertThatThrownBy(() -> TokenText.parse(changed))
                    .as("character %s", at)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(changed);
        }
    }

    private static char other(Random random, char than) {
        String letters = "0123456789ABCXYZabcxyz-_ é";
        char other = letters.charAt(random.nextInt(letters.length()));
        return other == than ? '~' : other;
    }

    @Test
    void everyMissingPartIsNoticed() {
        // given
        String text = TokenText.random(SECURE).secret();

        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);

            // when / then
            assertThatThrownBy(() -> TokenText.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void itsFormAsAWordHasNoSecret() {
        // given
        TokenText token = TokenText.random(SECURE);

        // when
        String word = token.toString();

        // then
        assertThat(word).isEqualTo("ll_...");
    }

    /** Tokens that were given out stay valid: neither form nor hash may change. */
    @Test
    void aTokenOfTheFirstVersionIsStillOne() {
        // given
        String text = "ll_0000000000000000000000000000000000000000000" + "1P6UtG";

        // when
        String hash = TokenText.parse(text).hash().sha256();

        // then
        assertThat(hash).isEqualTo("ad734ef4c7bd02eb2606ed340d928a627667e224cc699f3cd186a597808f202b");
    }
}
