package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {
    @Test
    void shouldMatchTheReadme() throws Exception {
        // given
        String source = Files.readString(Path.of("src/test/java/io/limitledger/holder/ReadmeExample.java"));
        String readme = Files.readString(Path.of("../README.md"));
        String chapter = readme.substring(readme.indexOf("## Java client"));

        // when
        int begin = chapter.indexOf("```java") + "```java".length();
        String shown = chapter.substring(begin, chapter.indexOf("```\n\n", begin));

        // then
        assertThat(withoutSpace(shown)).startsWith("try(Limits");
        assertThat(withoutSpace(source)).contains(withoutSpace(shown));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
