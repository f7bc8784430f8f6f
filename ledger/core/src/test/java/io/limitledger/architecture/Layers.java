package io.limitledger.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The packages as ARCHITECTURE.md draws them, read from that drawing: a package uses only packages on lines below its own,
 * so that cycles are impossible. Each module has a test that holds it to its part of the drawing.
 */
public final class Layers {
    private static final String ROOT = "io.limitledger.";
    private static final String DOCUMENT = "ARCHITECTURE.md";

    /** Such as {@code gateway/cli │ program · image}; the module is written on its first line only. */
    private static final Pattern LINE = Pattern.compile("^ *([a-z]+/[a-z]+)? *│ (.+)$");

    private final Map<String, Integer> lines;
    private final Map<String, String> modules;

    private Layers(Map<String, Integer> lines, Map<String, String> modules) {
        this.lines = lines;
        this.modules = modules;
    }

    /** All classes of the project's main code on the class path; read once, by the first test that asks for them. */
    public static JavaClasses mainClasses() {
        return MainClasses.ALL;
    }

    private static final class MainClasses {
        private static final JavaClasses ALL = read();

        /** Of the libraries a rule needs the names only, and to read them takes longer than all rules. */
        private static JavaClasses read() {
            ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(
                            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                    .importPackages("io.limitledger");
        }
    }

    /** Checks the packages of a module, such as {@code ledger/core}. */
    public static void check(String module) throws IOException {
        read(document()).check(module, mainClasses());
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(DOCUMENT))) {
            folder = folder.getParent();
        }
        return folder.resolve(DOCUMENT);
    }

    private static Layers read(Path document) throws IOException {
        Map<String, Integer> lines = new LinkedHashMap<>();
        Map<String, String> modules = new LinkedHashMap<>();
        String module = "";
        int number = 0;
        for (String text : Files.readAllLines(document)) {
            Matcher line = LINE.matcher(text);
            if (line.matches() && (line.group(1) != null || number > 0)) {
                module = line.group(1) == null ? module : line.group(1);
                number++;
                for (String name : line.group(2).strip().split(" +· +", -1)) {
                    String parent = module.startsWith("gateway/") ? ROOT + "gateway." : ROOT;
                    lines.put(parent + name, number);
                    modules.put(parent + name, module);
                }
            } else if (number > 0) {
                break;
            }
        }
        return new Layers(lines, modules);
    }

    private void check(String module, JavaClasses classes) {
        Set<String> mistakes = new LinkedHashSet<>();
        Set<String> found = classes.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        found.stream()
                .filter(name -> !lines.containsKey(name))
                .forEach(name -> mistakes.add(name + " is missing in the drawing"));
        modules.forEach((name, owner) -> {
            if (owner.equals(module) && !found.contains(name)) {
                mistakes.add(name + " is drawn, but does not exist");
            }
        });
        classes.stream()
                .filter(type -> module.equals(modules.get(type.getPackageName())))
                .forEach(type -> type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String from = type.getPackageName();
                    String to = dependency.getTargetClass().getPackageName();
                    if (!from.equals(to) && lines.containsKey(to) && lines.get(to) <= lines.get(from)) {
                        mistakes.add(from + " uses " + to + ", which is not below it: " + dependency.getDescription());
                    }
                }));
        assertThat(mistakes).as("Layers of " + module + " in " + DOCUMENT).isEmpty();
    }
}
