package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Checks definitions that are not in a request, such as those in a file, exactly as the routes check theirs. */
public final class DefinitionCheck {
    private final DefinitionFields fields = new DefinitionFields(Clock.systemUTC());

    /** The mistakes in the body of {@code PUT /v1/limits/{name}}; those of the name are in the field {@code name}. */
    public List<InvalidField> ofLimit(String name, JsonNode definition) {
        return mistakes(definition, body -> {
            Valid.newName("name", name);
            return new PutLimit(name, fields.definition(body), null, false);
        });
    }

    /** The mistakes in the body of {@code PUT /v1/limits/{name}/keys/{key}}. */
    public List<InvalidField> ofKey(String limit, String key, JsonNode override) {
        return mistakes(override, body -> new DefineKey(limit, key, fields.override(body)));
    }

    private static List<InvalidField> mistakes(JsonNode json, Function<JsonBody, LimitCommand> command) {
        try {
            JsonBody body = JsonBody.of(json);
            Valid.command(command.apply(body), body);
            return List.of();
        } catch (ProblemException e) {
            return e.problem().errors() == null
                    ? List.of(new InvalidField("", e.problem().detail()))
                    : e.problem().errors();
        }
    }
}
