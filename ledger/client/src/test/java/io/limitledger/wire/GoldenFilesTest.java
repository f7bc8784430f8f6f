package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.wire.Golden.Kind;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was once written stays readable, and is still written the same way. */
class GoldenFilesTest {

    static List<Golden> goldens() {
        return Goldens.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void shouldReadWhatWasWritten(Golden golden) throws Exception {
        // given
        byte[] file = golden.file();

        // when
        Object read = golden.read(file);

        // then
        assertThat(read).isEqualTo(golden.value());
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void shouldWriteTheSameBytesAsEver(Golden golden) {
        // when
        byte[] written = golden.write();

        // then
        assertThat(text(written)).isEqualTo(text(golden.file()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAFullAndAMinimalFileOfEachType(Kind kind) {
        // when
        List<String> present = current()
                .filter(golden -> golden.kind() == kind)
                .map(golden -> golden.type() + "." + golden.variant())
                .toList();

        // then
        assertThat(present)
                .containsExactlyInAnyOrderElementsOf(Goldens.typesOf(kind).stream()
                        .map(Class::getSimpleName)
                        .flatMap(type -> Stream.of(type + ".full", type + ".minimal"))
                        .toList());
    }

    @Test
    void shouldCheckEveryFileThereIs() throws Exception {
        // when
        List<String> files = goldenFiles();

        // then
        assertThat(files)
                .containsExactlyInAnyOrderElementsOf(
                        Goldens.all().stream().map(Golden::path).toList());
    }

    @Test
    void shouldLeaveNothingOutOfAFullObject() {
        // given
        List<Golden> full =
                current().filter(golden -> golden.variant().equals("full")).toList();

        // when
        List<String> left = full.stream()
                .flatMap(golden -> empty(golden.type(), golden.value()))
                // An acquire does not say who owns what it asks for: its record does.
                .filter(path -> !path.equals("AcquireLease.claim.owner"))
                .toList();

        // then
        assertThat(left).isEmpty();
    }

    private static Stream<Golden> current() {
        return Goldens.all().stream().filter(golden -> !Goldens.before().contains(golden));
    }

    /** Components that have no value, or the one that they would have anyway. */
    private static Stream<String> empty(String path, Object value) {
        if (value instanceof Record) {
            return Stream.of(value.getClass().getRecordComponents())
                    .flatMap(component -> empty(path + '.' + component.getName(), get(component, value)));
        }
        boolean isEmpty = value == null
                || value.equals(false)
                || (value instanceof Number number && number.doubleValue() == 0)
                || (value instanceof Collection<?> list && list.isEmpty());
        return isEmpty ? Stream.of(path) : Stream.empty();
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Expected to read " + component, e);
        }
    }

    private static List<String> goldenFiles() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(GoldenFilesTest.class.getResource("/golden"))
                .toURI());
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".json"))
                    .forEach(file -> files.add("golden/" + folder.relativize(file)));
        }
        return files;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
