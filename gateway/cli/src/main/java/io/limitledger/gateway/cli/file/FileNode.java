package io.limitledger.gateway.cli.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a file, and where it is.
 *
 * @param value a map of nodes, a list of nodes, or a scalar
 * @param text a scalar as it is written
 */
record FileNode(String file, int line, int column, @Nullable Object value, String text) {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

    @SuppressWarnings("unchecked") // only YamlFile makes nodes
    Map<String, FileNode> fields() {
        return value instanceof Map<?, ?> ? (Map<String, FileNode>) value : Map.of();
    }

    @SuppressWarnings("unchecked") // as above
    List<FileNode> items() {
        return value instanceof List<?> ? (List<FileNode>) value : List.of();
    }

    boolean isObject() {
        return value instanceof Map<?, ?>;
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    /** Without positions. */
    @Nullable
    Object plain() {
        if (isObject()) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            fields().forEach((name, node) -> plain.put(name, node.plain()));
            return plain;
        }
        if (isList()) {
            return items().stream().map(FileNode::plain).collect(Collectors.toCollection(ArrayList::new));
        }
        return value;
    }

    /** The node that a path such as {@code quotas[0].slots} leads to, or the last one on the way that there is. */
    FileNode at(String path) {
        FileNode node = this;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            FileNode next = node.step(step.group(1), step.group(2));
            if (next == null) {
                return node;
            }
            node = next;
        }
        return node;
    }

    private @Nullable FileNode step(@Nullable String field, @Nullable String index) {
        if (field != null) {
            return fields().get(field);
        }
        int number = index == null || index.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(index);
        return number < items().size() ? items().get(number) : null;
    }

    FileMistake mistake(String message) {
        return new FileMistake(file, line, column, message);
    }
}
