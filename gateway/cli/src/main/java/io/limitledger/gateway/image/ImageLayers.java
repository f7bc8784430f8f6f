package io.limitledger.gateway.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Parts the one jar into two, each a layer of the image: the dependencies, which are large and seldom change, and what is
 * ours. The same dependencies always give the same bytes, so that a new version of ours does not ship them again. The jar
 * does it to itself, since the images that run it have neither {@code jar} nor {@code unzip}.
 */
public final class ImageLayers {
    static final String DEPENDENCIES = "dependencies.jar";
    static final String OURS = "limits.jar";

    /** What we build. What is missing here is found all the same, but in the larger layer. */
    private static final List<String> OUR_ENTRIES = List.of(
            "io/limitledger/",
            "META-INF/maven/io.limitledger/",
            "openapi.yaml",
            "docs.html",
            "logback.xml",
            "console/");

    private static final LocalDateTime SAME_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ImageLayers() {}

    /** Arguments: the jar, and the directory for the two. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("Expected a jar and a directory, but got " + List.of(arguments));
        }
        split(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void split(Path jar, Path directory) throws IOException {
        try (JarFile whole = new JarFile(jar.toFile())) {
            Manifest manifest = whole.getManifest();
            write(whole, directory.resolve(DEPENDENCIES), dependencies(manifest), entry -> !isOurs(entry));
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, DEPENDENCIES);
            write(whole, directory.resolve(OURS), manifest, ImageLayers::isOurs);
        }
    }

    /** Nothing of our version in it, which changes more often than they do. */
    private static Manifest dependencies(Manifest whole) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(
                Attributes.Name.MULTI_RELEASE, whole.getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE));
        return manifest;
    }

    private static boolean isOurs(JarEntry entry) {
        return OUR_ENTRIES.stream().anyMatch(entry.getName()::startsWith);
    }

    private static void write(JarFile whole, Path target, Manifest manifest, Predicate<JarEntry> belongs)
            throws IOException {
        List<JarEntry> entries = whole.stream()
                .filter(entry -> !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
                .filter(belongs)
                .toList();
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(zip);
            for (JarEntry entry : entries) {
                zip.putNextEntry(entry(entry.getName()));
                try (InputStream content = whole.getInputStream(entry)) {
                    content.transferTo(zip);
                }
            }
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(SAME_TIME);
        return entry;
    }
}
