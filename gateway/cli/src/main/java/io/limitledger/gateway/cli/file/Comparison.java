package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.file.LimitsFile.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is on a server, compared with what files say. */
final class Comparison {
    /** Up to so many limits are asked for one by one, since a listing may have very many others. */
    private static final int FEW = 100;

    /** Limits that gateways make for themselves. */
    private static final String RESERVED = "limit-ledger:";

    private final GatewayClient gateway;

    Comparison(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /**
     * All that is to be done, in the order in which it is done.
     *
     * @param prunedPrefix limits whose names begin so, and which are not in the files, are to go; null for none
     */
    List<Change> changes(Collection<Wanted> wanted, @Nullable String prunedPrefix) {
        Map<String, JsonObject> live = live(wanted.stream().map(Wanted::name).toList());
        List<Change> changes = new ArrayList<>();
        for (Wanted limit : wanted) {
            JsonObject now = live.get(limit.name());
            Map<String, Object> before = now == null ? null : Definitions.of(now.fields());
            Map<String, Object> after = Definitions.of(limit.definition());
            if (!after.equals(before)) {
                changes.add(new Change(limit.name(), null, before, after, limit.definition()));
            }
            if (limit.overrides() != null) {
                addOverrides(limit.name(), limit.overrides(), now, changes);
            }
        }
        if (prunedPrefix != null) {
            prune(wanted, prunedPrefix, changes);
        }
        return changes;
    }

    private void addOverrides(
            String limit,
            Map<String, Map<String, @Nullable Object>> wanted,
            @Nullable JsonObject now,
            List<Change> changes) {
        Map<String, Map<String, Object>> before = now == null ? Map.of() : overrides(now);
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(wanted.keySet());
        for (String key : keys) {
            Map<String, @Nullable Object> body = wanted.get(key);
            Map<String, Object> after = body == null ? null : Definitions.ofOverride(body);
            Map<String, Object> old = before.get(key);
            if (after == null || !after.equals(old)) {
                changes.add(new Change(limit, key, old, after, body));
            }
        }
    }

    /** Those of a limit, by key; a limit none of whose keys is in use has none. */
    Map<String, Map<String, Object>> overrides(JsonObject limit) {
        return limit.count("keys") == 0
                ? Map.of()
                : Definitions.overrides(gateway.all(Address.limit(limit.requiredText("name")) + "/keys", "keys"));
    }

    /** All limits whose names begin so, except those that are not for people. */
    List<JsonObject> all(String prefix) {
        return gateway.all(Address.LIMITS + "?prefix=" + Address.encode(prefix), "limits").stream()
                .filter(limit -> !limit.requiredText("name").startsWith(RESERVED))
                .toList();
    }

    private void prune(Collection<Wanted> wanted, String prefix, List<Change> changes) {
        List<String> kept = wanted.stream().map(Wanted::name).toList();
        TreeSet<String> names = new TreeSet<>(kept);
        for (JsonObject limit : all(prefix)) {
            String name = limit.requiredText("name");
            if (!names.contains(name)) {
                changes.add(new Change(name, null, Definitions.of(limit.fields()), null, null));
            }
        }
    }

    private Map<String, JsonObject> live(List<String> names) {
        Map<String, JsonObject> live = new HashMap<>();
        if (names.size() > FEW) {
            gateway.all(Address.LIMITS + "?prefix=" + Address.encode(commonBeginning(names)), "limits")
                    .forEach(limit -> live.put(limit.requiredText("name"), limit));
            return live;
        }
        List<CompletableFuture<JsonObject>> answers = names.stream()
                .map(name -> gateway.askLater("GET", Address.limit(name), null, Duration.ZERO))
                .toList();
        for (int index = 0; index < answers.size(); index++) {
            JsonObject limit = found(answers.get(index));
            if (limit != null) {
                live.put(names.get(index), limit);
            }
        }
        return live;
    }

    private static @Nullable JsonObject found(CompletableFuture<JsonObject> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            GatewayException failure = GatewayException.in(e);
            if (failure == null) {
                throw e;
            }
            if (failure.status() == 404) {
                return null;
            }
            throw failure;
        }
    }

    private static String commonBeginning(List<String> names) {
        String common = names.get(0);
        for (String name : names) {
            while (!name.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        // Half a character is not a beginning that can be asked for.
        boolean isHalf = !common.isEmpty() && Character.isHighSurrogate(common.charAt(common.length() - 1));
        return isHalf ? common.substring(0, common.length() - 1) : common;
    }
}
