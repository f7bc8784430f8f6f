package io.limitledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The architecture page names tests for what it promises. */
class NamedTestsTest {
    private static final Path ROOT = Path.of("../..");
    private static final List<String> MODULES =
            List.of("ledger/core", "ledger/client", "ledger/engine", "gateway/server", "gateway/bench", "gateway/cli");
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)#(\\w+)`");

    @Test
    void shouldNameTestsThatExist() throws IOException {
        // given
        Map<String, String> sources = new HashMap<>();
        for (String module : MODULES) {
            addTo(sources, ROOT.resolve(module).resolve("src/test/java"));
        }
        String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));

        // when
        List<MatchResult> names = NAME.matcher(page).results().toList();

        // then
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(sources.get(name.group(1) + ".java"))
                        .describedAs(name.group())
                        .contains("void " + name.group(2) + "("));
    }

    private static void addTo(Map<String, String> sources, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.merge(file.getFileName().toString(), Files.readString(file), String::concat);
            }
        }
    }
}
