package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came as a body: JSON, if it says so or says nothing; otherwise just text, in which no field is found. */
final class RequestBody {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String JSON = "application/json";

    private RequestBody() {}

    /** Null if nothing came. */
    static @Nullable JsonNode read(byte[] bytes, @Nullable String contentType) {
        if (bytes.length == 0) {
            return null;
        }
        String text = text(bytes);
        if (!isJson(contentType)) {
            return JsonNodeFactory.instance.textNode(text);
        }
        try {
            return PythonJson.read(text);
        } catch (JsonSyntaxException e) {
            throw InvalidRequestException.noJson(e, text);
        }
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableBodyException();
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(JSON) || (type.startsWith("application/") && type.endsWith("+json"));
    }

    static JsonNode echo(@Nullable JsonNode body) {
        return body == null ? NullNode.instance : Echo.of(body);
    }
}
