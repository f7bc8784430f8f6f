package io.limitledger.gateway.prefect.limit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.core.state.Holder;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who asks, as the headers tell that Prefect's client adds within runs. */
public final class Attribution {
    private static final String PREFIX = "X-Prefect-";
    private static final List<String> SUBJECTS = List.of("Flow", "Deployment", "Worker");
    private static final List<String> FACTS = List.of("Id", "Name");

    /** Keeps all of them together within what a holder may have, also where each character needs six. */
    private static final int MAX_CHARACTERS = 50;

    private Attribution() {}

    /** Such as {@code {"flowId": "...", "flowName": "..."}}; null if no header tells. */
    public static @Nullable Holder holder(PrefectRequest request) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        for (String subject : SUBJECTS) {
            for (String fact : FACTS) {
                String value = request.header(PREFIX + subject + "-" + fact);
                if (value != null && !value.isBlank()) {
                    holder.put(subject.toLowerCase(Locale.ROOT) + fact, brief(value));
                }
            }
        }
        return holder.isEmpty() ? null : new Holder(holder.toString());
    }

    private static String brief(String value) {
        return value.length() <= MAX_CHARACTERS ? value : value.substring(0, MAX_CHARACTERS);
    }
}
