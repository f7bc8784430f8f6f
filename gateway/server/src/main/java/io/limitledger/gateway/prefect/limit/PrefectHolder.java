package io.limitledger.gateway.prefect.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.core.state.Holder;
import io.limitledger.gateway.prefect.request.FieldType;
import io.limitledger.gateway.prefect.request.Mistakes;
import io.limitledger.gateway.prefect.request.ModelFields;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.Place;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.request.UuidField;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holders in the words of Prefect, as they are kept with leases: a run by its id, or what headers say of the client. */
public final class PrefectHolder {
    private static final FieldType<String> TYPE = FieldType.oneOf("flow_run", "task_run", "deployment");
    private static final UUID NO_ID = new UUID(0, 0);
    private static final String TASK_RUN = "{\"type\":\"task_run\",\"id\":\"";
    private static final String END = "\"}";
    private static final String HEADER_PREFIX = "X-Prefect-";
    private static final List<String> SUBJECTS = List.of("Flow", "Deployment", "Worker");
    private static final List<String> FACTS = List.of("Id", "Name");

    /** Keeps all headers together within the size of a holder, even where each character needs six. */
    private static final int MAX_CHARACTERS = 50;

    private PrefectHolder() {}

    /** The holder that a request for slots names: a run of something, by its id. Null if it names none. */
    public static @Nullable Holder inBody(PartFields fields) {
        return fields.nullable("holder", PrefectHolder::read);
    }

    private static @Nullable Holder read(JsonNode value, Place place, Mistakes mistakes) {
        int before = mistakes.count();
        ModelFields fields = ModelFields.of(value, place, mistakes);
        String type = fields.required("type", TYPE, "");
        UUID id = fields.required("id", UuidField.TYPE, NO_ID);
        fields.noOthers();
        return mistakes.count() == before ? of(type, id) : null;
    }

    /**
     * The client as the headers describe it that Prefect adds within runs, such as {@code {"flowId": "...", "flowName":
     * "..."}}. Null without such headers.
     */
    public static @Nullable Holder inHeaders(PrefectRequest request) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        for (String subject : SUBJECTS) {
            for (String fact : FACTS) {
                String value = request.header(HEADER_PREFIX + subject + "-" + fact);
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

    public static Holder taskRun(UUID id) {
        return of("task_run", id);
    }

    private static Holder of(String type, UUID id) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        return new Holder(holder.put("type", type).put("id", id.toString()).toString());
    }

    /** The task run that holds; null for any other holder. */
    public static @Nullable UUID taskRunOf(@Nullable Holder holder) {
        if (holder == null
                || !holder.json().startsWith(TASK_RUN)
                || !holder.json().endsWith(END)) {
            return null;
        }
        String id = holder.json().substring(TASK_RUN.length(), holder.json().length() - END.length());
        return UuidField.lenient(id);
    }
}
