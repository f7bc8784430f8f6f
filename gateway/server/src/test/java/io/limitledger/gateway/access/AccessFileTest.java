package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFileTest {
    private static final Instant NOW = Instant.parse("2026-11-29T02:00:00Z");
    private static final String HASH = "ad734ef4c7bd02eb2606ed340d928a627667e224cc699f3cd186a597808f202b";
    private static final String OTHER = "bd734ef4c7bd02eb2606ed340d928a627667e224cc699f3cd186a597808f202b";

    private static final String WHOLE = """
            # who may do what
            rights:
              group:platform: ["admin:*"]
              user:alice@example.com:
                - define:team-*
                - read:*
              anyone: read:public-*
            tokens:
              ci-deploy:
                sha256: %s
                allow: [hold:deploy-*]
                expires: 2027-01-01T00:00:00Z
              rotated:
                sha256: ["%s", "%s"]
            """.formatted(HASH, OTHER, "c" + HASH.substring(1));

    private static FixedAccess parse(String text) {
        return AccessFile.parse("access.yaml", text, NOW);
    }

    @Test
    void hasTokensAndRights() {
        // when
        FixedAccess access = parse(WHOLE);

        // then
        assertThat(access.grants()).containsOnlyKeys("group:platform", "user:alice@example.com", "anyone");
        assertThat(access.grants().get("user:alice@example.com").allow())
                .containsExactly(Allowed.parse("define:team-*"), Allowed.parse("read:*"));
        AccessToken token = access.tokens().get("ci-deploy");
        assertThat(token.expiresAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(token.newest().hash().sha256()).isEqualTo(HASH);
        assertThat(access.tokens().get("rotated").secrets()).hasSize(2);
        assertThat(access.holders()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "rights:\ntokens:\n", "rights: {}\n"})
    void mayHaveNothing(String text) {
        // when
        FixedAccess access = parse(text);

        // then
        assertThat(access).isEqualTo(FixedAccess.NONE);
    }

    @Test
    void saysWhereAllMistakesAre() {
        // given
        String text = """
                rights:
                  group: ["admin:*"]
                  anyone: ["reed:*", "read:"]
                tokens:
                  ci:
                    sha256: 12ab
                    alow: []
                  other:
                    allow: [read:*]
                  late:
                    sha256: %s
                    expires: tomorrow
                """.formatted(HASH);

        // when / then
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("access.yaml, line 2, column 3: a subject is")
                .hasMessageContaining("access.yaml, line 3, column 12: 'reed'")
                .hasMessageContaining("access.yaml, line 3, column 22: a pattern")
                .hasMessageContaining("access.yaml, line 6, column 13: a SHA-256")
                .hasMessageContaining("access.yaml, line 7, column 5: 'alow' is not known here")
                .hasMessageContaining("access.yaml, line 8, column 3: the token 'other' needs sha256")
                .hasMessageContaining("access.yaml, line 12, column 14: 'expires' must be a time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rights: [",
                "rights:\n  anyone: [read:*]\n  anyone: [admin:*]\n",
                "text",
                "- a\n- b\n",
                "rights: [a]\n",
                "rights: {}\n---\nrights: {}\n",
                "\ttokens: {}\n",
                "rights: &a\n  anyone: *a\n",
            })
    void isRefusedWithThePlaceOfTheMistake(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("access.yaml, line ");
    }

    @Test
    void refusesOneTextForTwoTokens() {
        // given
        String text = "tokens:\n  a: {sha256: %s}\n  b: {sha256: %s}\n".formatted(HASH, HASH);

        // when / then
        assertThatThrownBy(() -> parse(text)).hasMessageContaining("'a' and 'b' have the same sha256");
    }

    @Test
    void anyTextIsReadOrRefused() {
        // given
        Random random = new Random(7);
        List<String> pieces = List.of(
                "rights", "tokens", ":", " ", "\n", "  ", "-", "[", "]", "{", "}", "\"", "'", "anyone", "sha256", HASH,
                "allow", "read:*", "&a", "*a", "!!x", "|", "#", "~", "null", "1e9", "\u0000", "😀", "expires");

        for (int round = 0; round < 20_000; round++) {
            StringBuilder text =
                    new StringBuilder(random.nextBoolean() ? "" : "tokens:\n  ci:\n    sha256: " + HASH + "\n");
            int length = random.nextInt(20);
            for (int piece = 0; piece < length; piece++) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }

            // when
            String outcome = outcome(text.toString());

            // then
            assertThat(outcome).as(text.toString()).startsWith("access.yaml");
        }
    }

    private static String outcome(String text) {
        try {
            parse(text);
            return "access.yaml was read";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
