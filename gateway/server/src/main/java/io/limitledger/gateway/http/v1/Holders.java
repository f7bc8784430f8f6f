package io.limitledger.gateway.http.v1;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Reply;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.Problem.Holding;
import io.limitledger.gateway.view.LimitsView;
import java.util.List;

/** Tells a client that is denied who holds the slots, as far as this gateway sees without asking for it. */
record Holders(LimitsView view) {
    /** Enough to know whom to ask, and little to write where many are denied. The list of leases has them all. */
    static final int MOST = 5;

    HttpAnswer in(HttpAnswer answer, Reply reply) {
        return reply instanceof Denied denied && answer.body() instanceof Problem problem
                ? new HttpAnswer(answer.status(), with(problem, denied.limit()), answer.headers())
                : answer;
    }

    private Problem with(Problem problem, String limit) {
        List<Holding> holders =
                view.leases(limit, null, MOST).stream().map(Holding::of).toList();
        return holders.isEmpty() ? problem : problem.heldBy(holders);
    }
}
