package io.limitledger.gateway.prefect.limit;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.state.Holder;
import io.limitledger.gateway.prefect.request.ChoiceField;
import io.limitledger.gateway.prefect.request.FieldType;
import io.limitledger.gateway.prefect.request.IdField;
import io.limitledger.gateway.prefect.request.Mistakes;
import io.limitledger.gateway.prefect.request.ModelFields;
import io.limitledger.gateway.prefect.request.Place;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who holds a lease: a run of something, by its id. */
final class HolderField implements FieldType<Holder> {
    private static final ChoiceField TYPE = ChoiceField.of("flow_run", "task_run", "deployment");
    private static final IdField ID = new IdField();
    private static final UUID NO_ID = new UUID(0, 0);

    @Override
    public @Nullable Holder read(JsonNode value, Place place, Mistakes mistakes) {
        int before = mistakes.count();
        ModelFields fields = ModelFields.of(value, place, mistakes);
        String type = fields.required("type", TYPE, "");
        UUID id = fields.required("id", ID, NO_ID);
        fields.noOthers();
        return mistakes.count() == before ? PrefectHolder.of(type, id) : null;
    }
}
