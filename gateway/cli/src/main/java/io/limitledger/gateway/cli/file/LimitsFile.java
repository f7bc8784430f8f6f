package io.limitledger.gateway.cli.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.core.command.InvalidField;
import io.limitledger.gateway.http.v1.DefinitionCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What files say about limits: definitions by name, and all mistakes in them, found before anything is changed. */
final class LimitsFile {
    private static final String LIMITS = "limits";
    private static final String NAME = "name";
    private static final String KEY = "key";
    private static final String OVERRIDES = "overrides";

    /** The second is for editors that read JSON. */
    private static final Set<String> ROOT = Set.of(LIMITS, "$schema");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DefinitionCheck check = new DefinitionCheck();
    private final Map<String, Wanted> limits = new LinkedHashMap<>();
    private final List<FileMistake> mistakes = new ArrayList<>();

    /**
     * A limit that is to be.
     *
     * @param definition the fields of the interface, without the name
     * @param overrides by key; null if the file leaves them as they are
     */
    record Wanted(
            FileNode node,
            String name,
            Map<String, @Nullable Object> definition,
            @Nullable Map<String, Map<String, @Nullable Object>> overrides) {}

    Map<String, Wanted> limits() {
        return limits;
    }

    /** By file, line and column. */
    List<FileMistake> mistakes() {
        Map<String, List<FileMistake>> byFile = new LinkedHashMap<>();
        mistakes.forEach(mistake -> byFile.computeIfAbsent(mistake.file(), file -> new ArrayList<>())
                .add(mistake));
        return byFile.values().stream()
                .flatMap(each -> each.stream().sorted())
                .distinct()
                .toList();
    }

    /** Adds what one file says. */
    void read(String file, String text) {
        int before = mistakes.size();
        FileNode root = YamlFile.read(file, text, mistakes);
        if (root == null) {
            if (mistakes.size() == before) {
                mistakes.add(new FileMistake(
                        file, 1, 1, "The file is empty; it must have a list of definitions, 'limits:'"));
            }
            return;
        }
        if (!root.isObject()) {
            mistakes.add(root.mistake("Expected 'limits:' and a list of definitions"));
            return;
        }
        root.fields().forEach((field, node) -> {
            if (!ROOT.contains(field)) {
                mistakes.add(node.mistake("Expected only 'limits', but got '" + field + "'"));
            }
        });
        FileNode list = root.fields().get(LIMITS);
        if (list == null || (!list.isList() && list.value() != null)) {
            mistakes.add((list == null ? root : list).mistake("Expected 'limits:' and a list of definitions"));
            return;
        }
        list.items().forEach(this::limit);
    }

    private void limit(FileNode node) {
        FileNode nameNode = node.fields().get(NAME);
        if (nameNode == null
                || nameNode.isList()
                || nameNode.isObject()
                || nameNode.text().isEmpty()) {
            mistakes.add(node.mistake("Expected a definition with a 'name'"));
            return;
        }
        String name = nameNode.text();
        Map<String, @Nullable Object> definition = new LinkedHashMap<>(plain(node));
        definition.remove(NAME);
        definition.remove(OVERRIDES);
        report(node, "", check.ofLimit(name, MAPPER.valueToTree(definition)));
        Wanted wanted = new Wanted(node, name, definition, overrides(node, name, definition));
        Wanted other = limits.putIfAbsent(name, wanted);
        if (other != null) {
            mistakes.add(nameNode.mistake("Limit '" + name + "' is defined already at "
                    + other.node().file() + ":" + other.node().line()));
        }
    }

    private @Nullable Map<String, Map<String, @Nullable Object>> overrides(
            FileNode limit, String name, Map<String, @Nullable Object> definition) {
        FileNode list = limit.fields().get(OVERRIDES);
        if (list == null) {
            return null;
        }
        if (!list.isList()) {
            mistakes.add(list.mistake("Expected a list of overrides, each with a 'key'"));
            return null;
        }
        if (!list.items().isEmpty() && definition.get("perKey") == null) {
            mistakes.add(list.mistake("Overrides count for nothing on a limit without 'perKey'"));
        }
        Map<String, Map<String, @Nullable Object>> overrides = new TreeMap<>();
        Map<String, FileNode> seen = new HashMap<>();
        for (FileNode item : list.items()) {
            FileNode keyNode = item.fields().get(KEY);
            if (keyNode == null || keyNode.text().isEmpty()) {
                mistakes.add(item.mistake("Expected an override with a 'key'"));
                continue;
            }
            Map<String, @Nullable Object> override = new LinkedHashMap<>(plain(item));
            override.remove(KEY);
            report(item, KEY, check.ofKey(name, keyNode.text(), MAPPER.valueToTree(override)));
            FileNode other = seen.putIfAbsent(keyNode.text(), item);
            if (other != null) {
                mistakes.add(keyNode.mistake(
                        "Key '" + keyNode.text() + "' has an override already in line " + other.line()));
            }
            overrides.put(keyNode.text(), override);
        }
        return overrides;
    }

    private void report(FileNode node, String onlyBelow, List<InvalidField> invalid) {
        for (InvalidField mistake : invalid) {
            boolean isOfLimit = !onlyBelow.isEmpty() && mistake.field().equals(NAME);
            if (!isOfLimit) {
                mistakes.add(node.at(mistake.field())
                        .mistake(
                                mistake.field().isEmpty()
                                        ? mistake.message()
                                        : mistake.field() + ": " + mistake.message()));
            }
        }
    }

    @SuppressWarnings("unchecked") // an object reads as a map
    private static Map<String, @Nullable Object> plain(FileNode node) {
        return node.isObject() ? (Map<String, @Nullable Object>) Objects.requireNonNull(node.plain()) : Map.of();
    }
}
