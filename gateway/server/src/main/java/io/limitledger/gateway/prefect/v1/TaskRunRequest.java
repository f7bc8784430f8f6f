package io.limitledger.gateway.prefect.v1;

import io.limitledger.gateway.prefect.limit.LimitFields;
import io.limitledger.gateway.prefect.request.IdField;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.List;
import java.util.UUID;

/** A task run and its tags. */
record TaskRunRequest(List<String> tags, UUID taskRun) {
    private static final IdField ID = new IdField();
    private static final UUID NO_ID = new UUID(0, 0);

    static TaskRunRequest of(PrefectRequest request) {
        PartFields fields = request.parts();
        TaskRunRequest read = new TaskRunRequest(
                fields.required("names", LimitFields.NAMES, List.of()), fields.required("task_run_id", ID, NO_ID));
        request.check();
        return read;
    }
}
