package io.limitledger.gateway.prefect.v1;

import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.answer.LimitJson;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.limit.PrefectHolder;
import io.limitledger.gateway.view.LeaseCursor;
import io.limitledger.gateway.view.LimitsView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds the limits of tags, and the task runs that hold their slots. */
final class Tags {
    static final String PREFIX = "tag:";
    private static final int LEASES_AT_A_TIME = 1_000;

    private final LimitsView view;
    private final LimitLookup lookup;

    Tags(LimitsView view) {
        this(view, new LimitLookup(view));
    }

    private Tags(LimitsView view, LimitLookup lookup) {
        this.view = view;
        this.lookup = lookup;
    }

    /** For this caller. */
    Tags as(Caller caller) {
        return new Tags(view, lookup.as(caller));
    }

    static String tag(Limit limit) {
        return limit.name().substring(PREFIX.length());
    }

    CompletableFuture<Tags> caughtUp() {
        return lookup.caughtUp().thenApply(caughtUp -> this);
    }

    @Nullable
    Limit limit(String tag) {
        return lookup.byName(PREFIX + tag);
    }

    CompletableFuture<Limit> existing(String tag) {
        return caughtUp().thenApply(tags -> required(limit(tag)));
    }

    CompletableFuture<Limit> existing(UUID id) {
        return caughtUp().thenApply(tags -> {
            Limit limit = lookup.byId(id);
            return required(limit != null && limit.name().startsWith(PREFIX) ? limit : null);
        });
    }

    private static Limit required(@Nullable Limit limit) {
        if (limit == null) {
            throw new AnswerException(limitNotFound());
        }
        return limit;
    }

    /** The text differs from that of the other routes in one letter, as in the reference. */
    static HttpAnswer limitNotFound() {
        return Errors.detail(404, "Concurrency limit not found");
    }

    /** The limits of those tags that have one, in the order of the tags. */
    List<Limit> limits(List<String> tags) {
        return tags.stream()
                .distinct()
                .map(this::limit)
                .filter(Objects::nonNull)
                .toList();
    }

    List<Limit> page(long offset, int size) {
        return lookup.page(PREFIX, offset, size);
    }

    /** All leases on a limit. Few, as a rule: each is a task run. */
    List<Lease> leases(Limit limit) {
        List<Lease> all = new ArrayList<>();
        List<Lease> page = view.leases(limit.name(), null, LEASES_AT_A_TIME);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = view.leases(limit.name(), LeaseCursor.of(page.get(page.size() - 1)), LEASES_AT_A_TIME);
        }
        return all;
    }

    /** The leases by which a task run holds slots of a limit. */
    List<UUID> leaseIds(Limit limit, UUID taskRun) {
        return leases(limit).stream()
                .filter(lease -> taskRun.equals(PrefectHolder.taskRunOf(lease.holder())))
                .map(Lease::leaseId)
                .toList();
    }

    LimitJson.OfTag body(Limit limit) {
        List<UUID> taskRuns = leases(limit).stream()
                .map(lease -> PrefectHolder.taskRunOf(lease.holder()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return LimitJson.ofTag(limit, tag(limit), taskRuns);
    }
}
