package io.limitledger.gateway.prefect.limit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.core.state.Holder;
import io.limitledger.gateway.prefect.request.UuidText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holders in the words of Prefect, as they are kept with leases. */
public final class PrefectHolder {
    private static final String TASK_RUN = "{\"type\":\"task_run\",\"id\":\"";
    private static final String END = "\"}";

    private PrefectHolder() {}

    static Holder of(String type, UUID id) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        return new Holder(holder.put("type", type).put("id", id.toString()).toString());
    }

    public static Holder taskRun(UUID id) {
        return of("task_run", id);
    }

    /** The task run that holds; null if it is something else. */
    public static @Nullable UUID taskRunOf(@Nullable Holder holder) {
        if (holder == null
                || !holder.json().startsWith(TASK_RUN)
                || !holder.json().endsWith(END)) {
            return null;
        }
        String id = holder.json().substring(TASK_RUN.length(), holder.json().length() - END.length());
        return UuidText.lenient(id);
    }
}
