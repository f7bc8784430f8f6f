package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.view.LimitsView;

/** Limits that must be there. */
final class Existing {
    private Existing() {}

    static Limit limit(LimitsView view, String name) {
        Limit limit = view.limit(name);
        if (limit == null) {
            throw new ProblemException(
                    ProblemType.LIMIT_NOT_FOUND,
                    "Expected to read limit '" + name + "', but there is no limit of this name");
        }
        return limit;
    }
}
