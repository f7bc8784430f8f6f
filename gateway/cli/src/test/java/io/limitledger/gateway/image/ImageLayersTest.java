package io.limitledger.gateway.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLayersTest {
    @TempDir
    private Path directory;

    @Test
    void partsWhatIsOursFromTheDependencies() throws Exception {
        // given
        Path jar = jar("whole.jar", "1.0", "the code");

        // when
        ImageLayers.split(jar, directory);

        // then
        try (JarFile ours = new JarFile(directory.resolve("limits.jar").toFile());
                JarFile dependencies =
                        new JarFile(directory.resolve("dependencies.jar").toFile())) {
            assertThat(names(ours)).containsExactly("META-INF/MANIFEST.MF", "io/limitledger/Limits.class");
            assertThat(names(dependencies)).containsExactly("META-INF/MANIFEST.MF", "org/apache/Library.class");
            assertThat(ours.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.limitledger.Limits");
            assertThat(ours.getManifest().getMainAttributes().getValue("Class-Path"))
                    .isEqualTo("dependencies.jar");
            assertThat(dependencies.isMultiRelease()).isTrue();
        }
    }

    @Test
    void givesTheSameBytesForTheSameDependencies() throws Exception {
        // given
        Path before = Files.createDirectory(directory.resolve("before"));
        Path after = Files.createDirectory(directory.resolve("after"));

        // when
        ImageLayers.split(jar("before.jar", "1.0", "the code"), before);
        ImageLayers.split(jar("after.jar", "1.1", "other code"), after);

        // then
        assertThat(after.resolve("dependencies.jar")).hasSameBinaryContentAs(before.resolve("dependencies.jar"));
        assertThat(Files.mismatch(after.resolve("limits.jar"), before.resolve("limits.jar")))
                .isNotEqualTo(-1);
    }

    private Path jar(String name, String version, String code) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "io.limitledger.Limits");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file, manifest)) {
            add(entries, "io/limitledger/Limits.class", code);
            add(entries, "org/apache/Library.class", "theirs");
        }
        return jar;
    }

    private static void add(JarOutputStream entries, String name, String content) throws IOException {
        entries.putNextEntry(new JarEntry(name));
        entries.write(content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(JarFile jar) {
        return jar.stream().map(JarEntry::getName).toList();
    }
}
