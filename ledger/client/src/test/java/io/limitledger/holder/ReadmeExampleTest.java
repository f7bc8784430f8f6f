package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {
    @Test
    void shouldMatchTheReadme() throws Exception {
        // given
        String source = Files.readString(Path.of("src/test/java/io/limitledger/holder/ReadmeExample.java"));
        String readme = Files.readString(Path.of("../README.md"));
        String chapter = readme.substring(readme.indexOf("## Java client"), readme.indexOf("### Commands from Java"));

        // when
        List<String> shown = Pattern.compile("```java\n(.*?)```\n", Pattern.DOTALL)
                .matcher(chapter)
                .results()
                .map(example -> withoutSpace(example.group(1)))
                .toList();

        // then
        assertThat(shown).hasSize(2).allMatch(withoutSpace(source)::contains);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
