package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {
    /** Stands in the README as it is here, where the compiler reads it. */
    private abstract static class Example {
        void holdAndSpend() throws InterruptedException {
            try (Limits limits = Limits.overHttp(URI.create("http://127.0.0.1:8080"))) {
                try (Lease lease = limits.acquire("database").slots(2).waitingUpTo(Duration.ofSeconds(30))) {
                    lease.onLost(reason -> stopWork());
                    work();
                } catch (SlotsNotFreeException e) {
                    tryAgainIn(e.retryAfter());
                }
                limits.spend("calls").now();
            }
        }

        abstract void work();

        abstract void stopWork();

        abstract void tryAgainIn(Duration retryAfter);
    }

    @Test
    void shouldCompileAsItStandsInTheReadme() throws Exception {
        // given
        String readme = Files.readString(Path.of("README.md"));
        String chapter = readme.substring(readme.indexOf("## Java client"));

        // when
        String example = chapter.substring(chapter.indexOf("```java") + 7, chapter.indexOf("```\n\n"));

        // then
        assertThat(withoutSpace(example)).startsWith("try(Limits");
        assertThat(withoutSpace(source())).contains(withoutSpace(example));
    }

    private static String source() throws IOException {
        return Files.readString(Path.of("src/test/java/io/limitledger/holder/ReadmeExampleTest.java"));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
