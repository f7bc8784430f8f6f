package io.limitledger.gateway.prefect.limit;

import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
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

/** Finds limits in the view, for a caller: those that it may not read are not found, nor are reserved ones. */
public final class LimitLookup {
    private final LimitsView view;
    private final Caller caller;

    public LimitLookup(LimitsView view) {
        this(view, Caller.UNKNOWN);
    }

    private LimitLookup(LimitsView view, Caller caller) {
        this.view = view;
        this.caller = caller;
    }

    /** For this caller. */
    public LimitLookup as(Caller caller) {
        return new LimitLookup(view, caller);
    }

    /** Refuses what the caller may not do with each of these limits, whether they exist or not. */
    public void require(Right right, Collection<String> names) {
        names.forEach(name -> caller.requireNamed(right, name));
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

    private @Nullable Limit shown(@Nullable Limit limit) {
        return limit == null || !isShown(limit.name()) ? null : limit;
    }

    private boolean isShown(String name) {
        return !ReservedLimit.is(name) && caller.may(Right.READ, name);
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
        long end = Math.min(Math.max(offset + size, offset), Integer.MAX_VALUE);
        return view.limits(prefix, null, (int) end, this::isShown).stream()
                .skip(offset)
                .limit(size)
                .toList();
    }
}
