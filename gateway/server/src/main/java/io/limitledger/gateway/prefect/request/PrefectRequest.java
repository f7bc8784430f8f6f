package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.limitledger.client.OnBehalf;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that has found its route. Its mistakes are collected while it is read. A body is JSON if the request says so or
 * says nothing; otherwise it is text, in which no field is found.
 */
public final class PrefectRequest {
    private static final UUID NO_ID = new UUID(0, 0);
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String JSON = "application/json";

    private final Context context;
    private final Map<String, String> path;
    private final @Nullable JsonNode body;
    private final Mistakes mistakes = new Mistakes();

    private PrefectRequest(Context context, Map<String, String> path, @Nullable JsonNode body) {
        this.context = context;
        this.path = path;
        this.body = body;
    }

    /**
     * Reads the body, if the route looks at one.
     *
     * @param path the parameters in the path, decoded
     */
    public static PrefectRequest of(Context context, Map<String, String> path, boolean hasBody) {
        return new PrefectRequest(context, path, hasBody ? body(context) : null);
    }

    private static @Nullable JsonNode body(Context context) {
        String text;
        try {
            byte[] bytes = context.req().getInputStream().readAllBytes();
            if (bytes.length == 0) {
                return null;
            }
            text = text(bytes);
        } catch (IOException e) {
            throw new AnswerException(Errors.unreadableBody());
        }
        if (!isJson(context.header("Content-Type"))) {
            return JsonNodeFactory.instance.textNode(text);
        }
        try {
            return PythonJson.read(text);
        } catch (PythonJson.SyntaxException e) {
            throw Mistakes.noJson(e, text);
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(JSON) || (type.startsWith("application/") && type.endsWith("+json"));
    }

    public String path(String parameter) {
        return Objects.requireNonNull(path.get(parameter));
    }

    public UUID pathId(String parameter) {
        JsonNode text = JsonNodeFactory.instance.textNode(path(parameter));
        return Objects.requireNonNullElse(UuidField.TYPE.read(text, Place.PATH.at(parameter), mistakes), NO_ID);
    }

    public @Nullable String header(String name) {
        return context.header(name);
    }

    public Caller caller() {
        return Exchange.of(context).caller();
    }

    /** As {@link Exchange#onBehalf}. */
    public OnBehalf onBehalf() {
        return Exchange.of(context).onBehalf();
    }

    /** As {@link Exchange#takes}. */
    public void takes(Runnable giveBack) {
        Exchange.of(context).takes(giveBack);
    }

    public void requireQuery(String parameter) {
        if (context.queryParam(parameter) == null) {
            mistakes.missing(Place.QUERY.at(parameter));
        }
    }

    /** The body as one thing. */
    public ModelFields model() {
        return ModelFields.of(body, Place.BODY, mistakes);
    }

    /** The body as loose fields. */
    public PartFields parts() {
        return new PartFields(body, mistakes);
    }

    /** To be called when everything is read. */
    public void check() {
        mistakes.check(body);
    }
}
