package io.limitledger.gateway.cli.file;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML, and so JSON, with the position of each value. Of the values that YAML 1.1 knows only those of JSON are read as
 * such: {@code yes} and {@code 08:00} are texts, so that a name is never taken for something else.
 */
final class YamlFile {
    /** A million definitions. */
    private static final int MOST_CHARACTERS = 256 * 1024 * 1024;

    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,30})");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(0|[1-9][0-9]{0,30})?\\.?[0-9]{1,30}([eE][-+]?[0-9]{1,3})?");

    private final String file;
    private final List<FileMistake> mistakes;

    private YamlFile(String file, List<FileMistake> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** The root; null if the text is empty or cannot be read, which is then among the mistakes. */
    static @Nullable FileNode read(String file, String text, List<FileMistake> mistakes) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        YamlFile reader = new YamlFile(file, mistakes);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            return root == null ? null : reader.node(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            mistakes.add(new FileMistake(
                    file,
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "This is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            mistakes.add(new FileMistake(file, 1, 1, "This is not YAML: " + firstLine(e.getMessage())));
        }
        return null;
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private FileNode node(Node node) {
        if (node instanceof MappingNode mapping) {
            return placed(node, fields(mapping), "");
        }
        if (node instanceof SequenceNode sequence) {
            return placed(node, sequence.getValue().stream().map(this::node).toList(), "");
        }
        ScalarNode scalar = (ScalarNode) node;
        return placed(node, scalar(scalar), scalar.getValue());
    }

    private FileNode placed(Node node, @Nullable Object value, String text) {
        Mark mark = node.getStartMark();
        return new FileNode(file, mark.getLine() + 1, mark.getColumn() + 1, value, text);
    }

    private Map<String, FileNode> fields(MappingNode mapping) {
        Map<String, FileNode> fields = new LinkedHashMap<>();
        List<NodeTuple> merged = new ArrayList<>();
        for (NodeTuple field : mapping.getValue()) {
            if (field.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged.add(field);
            } else if (field.getKeyNode() instanceof ScalarNode key) {
                if (fields.put(key.getValue(), node(field.getValueNode())) != null) {
                    mistakes.add(placed(key, null, "").mistake("'" + key.getValue() + "' is given twice here"));
                }
            } else {
                mistakes.add(placed(field.getKeyNode(), null, "").mistake("Expected a name here"));
            }
        }
        for (NodeTuple field : merged) {
            merge(field.getValueNode(), fields);
        }
        return fields;
    }

    /** {@code <<: *usual}: what is given in the place itself goes before. */
    private void merge(Node from, Map<String, FileNode> fields) {
        if (from instanceof SequenceNode several) {
            several.getValue().forEach(each -> merge(each, fields));
        } else {
            node(from).fields().forEach(fields::putIfAbsent);
        }
    }

    private @Nullable Object scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL) && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text);
        }
        boolean isNumber = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
        if (isNumber && WHOLE.matcher(text).matches() && text.length() <= 18) {
            return Long.valueOf(text);
        }
        if (isNumber && DECIMAL.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        return text;
    }
}
