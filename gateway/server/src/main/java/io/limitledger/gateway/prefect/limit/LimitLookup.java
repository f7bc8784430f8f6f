package io.limitledger.gateway.prefect.limit;

import io.limitledger.core.state.Limit;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.request.UuidField;
import io.limitledger.gateway.view.LimitsView;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds limits in the view. Reserved limits are never found. */
public final class LimitLookup {
    private final LimitsView view;

    public LimitLookup(LimitsView view) {
        this.view = view;
    }

    /** The limit that a path names: by its id, if that is what it looks like, and by its name otherwise. */
    public CompletableFuture<Limit> existing(String idOrName) {
        return caughtUp().thenApply(lookup -> {
            UUID id = UuidField.lenient(idOrName);
            Limit limit = id == null ? lookup.byName(idOrName) : lookup.byId(id);
            if (limit == null) {
                throw new AnswerException(Errors.limitNotFound());
            }
            return limit;
        });
    }

    /** Completes when the view has everything that was answered before. */
    public CompletableFuture<LimitLookup> caughtUp() {
        return view.caughtUp().thenApply(caughtUp -> this);
    }

    /** The same for the limits' definitions only, which is sooner: for callers that do not look at slots. */
    public CompletableFuture<LimitLookup> definitionsCaughtUp() {
        return view.definitionsCaughtUp().thenApply(caughtUp -> this);
    }

    public @Nullable Limit byName(String name) {
        return shown(view.limit(name));
    }

    public @Nullable Limit byId(UUID id) {
        return shown(view.limit(id));
    }

    private static @Nullable Limit shown(@Nullable Limit limit) {
        return limit == null || ReservedLimit.is(limit.name()) ? null : limit;
    }

    /** Those that exist, each once, by name. */
    public List<Limit> byNames(Collection<String> names) {
        return names.stream()
                .distinct()
                .sorted()
                .map(this::byName)
                .filter(Objects::nonNull)
                .toList();
    }

    /** A page of all limits whose names begin so, by name. */
    public List<Limit> page(String prefix, long offset, int size) {
        long end = offset + size + 1;
        return view.limits(prefix, null, (int) Math.min(Math.max(end, offset), Integer.MAX_VALUE)).stream()
                .filter(limit -> !ReservedLimit.is(limit.name()))
                .skip(offset)
                .limit(size)
                .toList();
    }
}
