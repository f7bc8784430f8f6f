package io.limitledger.gateway.cli.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes what {@link Json} writes, as YAML. All strings are quoted, so that none can be taken for anything else. */
public final class Yaml {
    private Yaml() {}

    public static String of(@Nullable Object value) {
        YAMLFactory factory = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(text)) {
            Json.write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Printable.json(text.toString());
    }
}
