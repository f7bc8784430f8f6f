package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedTest {
    @ParameterizedTest
    @CsvSource({
        "*,database,true",
        "database,database,true",
        "database,databases,false",
        "deploy-*,deploy-,true",
        "deploy-*,deploy-eu,true",
        "deploy-*,eu-deploy-,false",
        "*-eu,deploy-eu,true",
        "*-eu,deploy-eu-1,false",
        "a*b*c,aXbYc,true",
        "a*b*c,abbc,true",
        "a*b*c,acb,false",
        "a.c,abc,false",
    })
    void patternFitsTheWholeName(String pattern, String name, boolean fits) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(fits);
    }

    @Test
    void patternsAgreeWithRegularExpressions() {
        // given
        Random random = new Random(1);

        for (int round = 0; round < 20_000; round++) {
            String pattern = text(random, "ab*", 1 + random.nextInt(6));
            String name = text(random, "ab", random.nextInt(8));

            // when
            boolean fits = new NamePattern(pattern).matches(name);

            // then
            assertThat(fits).as("%s on %s", pattern, name).isEqualTo(name.matches(regex(pattern)));
        }
    }

    private static String text(Random random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .mapToObj(index -> letters.substring(index, index + 1))
                .collect(Collectors.joining());
    }

    private static String regex(String pattern) {
        return Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    @ParameterizedTest
    @CsvSource({
        "read,READ",
        "hold,READ HOLD",
        "define,READ DEFINE",
        "admin,READ HOLD DEFINE ADMIN",
    })
    void rightIncludesOthers(String word, String included) {
        // given
        Rights rights = new Rights(List.of(Allowed.parse(word + ":deploy-*")));

        for (Right right : Right.values()) {
            // when
            boolean may = rights.may(right, "deploy-eu");

            // then
            assertThat(may)
                    .as("%s by %s", right, word)
                    .isEqualTo(List.of(included.split(" ")).contains(right.name()));
            assertThat(rights.may(right, "database")).isFalse();
            assertThat(rights.mayAll(right)).isFalse();
        }
    }

    @Test
    void allThatIsAllowedCountsTogether() {
        // given
        Rights rights = new Rights(
                List.of(Allowed.parse("read:*"), Allowed.parse("hold:database"), Allowed.parse("define:team-*")));

        // then
        assertThat(rights.may(Right.READ, "any")).isTrue();
        assertThat(rights.mayAll(Right.READ)).isTrue();
        assertThat(rights.may(Right.HOLD, "database")).isTrue();
        assertThat(rights.may(Right.HOLD, "team-a")).isFalse();
        assertThat(rights.may(Right.DEFINE, "team-a")).isTrue();
        assertThat(rights.may(Right.ADMIN, "database")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"deploy-*,names no right", "own:deploy-*,'own'", "hold:,1 to 255"})
    void wrongTextIsExplained(String text, String part) {
        assertThatThrownBy(() -> Allowed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }
}
