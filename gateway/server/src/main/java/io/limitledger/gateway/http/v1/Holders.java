package io.limitledger.gateway.http.v1;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Reply;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.Problem.Holding;
import io.limitledger.gateway.view.LimitsView;
import java.util.List;

/** Adds the holders of the slots to a denial, as far as this gateway sees them without asking the ledger. */
record Holders(LimitsView view) {
    /** Enough to know whom to ask, and little to write when many requests are denied. The list of leases has all. */
    static final int MOST = 5;

    HttpAnswer in(HttpAnswer answer, Reply reply) {
        return reply instanceof Denied denied && areTheReason(denied) && answer.body() instanceof Problem problem
                ? new HttpAnswer(answer.status(), with(problem, denied.limit()), answer.headers())
                : answer;
    }

    /** Those who hold slots are not why a quota is used up, a key has enough, or a queue is full. */
    private static boolean areTheReason(Denied denied) {
        return switch (denied.reason()) {
            case PAUSED, FULL, TIMED_OUT -> true;
            case QUOTA, KEY, QUEUE, REPLACED -> false;
        };
    }

    private Problem with(Problem problem, String limit) {
        List<Holding> holders =
                view.leases(limit, null, MOST).stream().map(Holding::of).toList();
        return holders.isEmpty() ? problem : problem.heldBy(holders);
    }
}
