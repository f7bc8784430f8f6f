package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.limitledger.gateway.http.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request that has found its route. What is wrong with it is collected while it is read. */
public final class PrefectRequest {
    private static final IdField ID = new IdField();
    private static final UUID NO_ID = new UUID(0, 0);

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
        JsonNode body = hasBody ? RequestBody.read(bytes(context), context.header("Content-Type")) : null;
        return new PrefectRequest(context, path, body);
    }

    private static byte[] bytes(Context context) {
        try {
            return context.req().getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UnreadableBodyException();
        }
    }

    public String path(String parameter) {
        return Objects.requireNonNull(path.get(parameter));
    }

    public UUID pathId(String parameter) {
        JsonNode text = JsonNodeFactory.instance.textNode(path(parameter));
        return Objects.requireNonNullElse(ID.read(text, Place.PATH.at(parameter), mistakes), NO_ID);
    }

    public @Nullable String header(String name) {
        return context.header(name);
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
        if (mistakes.count() > 0) {
            throw new InvalidRequestException(mistakes.all(), body);
        }
    }
}
