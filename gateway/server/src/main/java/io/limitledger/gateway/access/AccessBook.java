package io.limitledger.gateway.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All tokens and rights, as of now. Those that are fixed by files of the operator come before those of the same name that were set
 * while gateways ran. Safe for use by many threads; no caller waits for another.
 */
public final class AccessBook {
    /** Above the number of principals that one gateway has to do with within a short time. */
    private static final int MAX_REMEMBERED = 20_000;

    private final NavigableMap<String, AccessToken> tokens = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Grant> grants = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> lastUsed = new ConcurrentHashMap<>();
    private final Map<TokenHash, Holder> holders = new ConcurrentHashMap<>();
    private volatile FixedAccess fixed = FixedAccess.NONE;

    /** By name of the principal. Another map as soon as any right changes, so that none is remembered that was found before. */
    private volatile Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    /** Whose token it is. The principal is made once, so that its rights are found without comparing lists. */
    public record Holder(AccessToken token, Principal principal) {
        static Holder of(AccessToken token) {
            return new Holder(token, token.principal());
        }
    }

    private record Remembered(Principal principal, Rights rights) {}

    /** Tokens and rights that are not to be changed but in the files that they come from. */
    public void fix(FixedAccess access) {
        fixed = access;
        forget();
    }

    /** Takes over a change. */
    public void apply(AccessRecord record) {
        if (record instanceof AccessRecord.TokenStored stored) {
            put(stored.token());
        } else if (record instanceof AccessRecord.TokenRemoved removed) {
            removeToken(removed.name());
        } else if (record instanceof AccessRecord.TokenUsed used) {
            used(used.name(), used.at());
        } else if (record instanceof AccessRecord.GrantStored stored) {
            put(stored.grant());
        } else if (record instanceof AccessRecord.GrantRemoved removed) {
            removeGrant(removed.subject());
        }
    }

    public synchronized void put(AccessToken token) {
        AccessToken before = tokens.put(token.name(), token);
        Holder holder = Holder.of(token);
        token.secrets().forEach(secret -> holders.put(secret.hash(), holder));
        if (before != null) {
            dropHashes(before, token);
        }
    }

    public synchronized void removeToken(String name) {
        AccessToken before = tokens.remove(name);
        if (before != null) {
            dropHashes(before, null);
        }
        lastUsed.remove(name);
    }

    private void dropHashes(AccessToken before, @Nullable AccessToken now) {
        before.secrets().stream()
                .map(AccessToken.Secret::hash)
                .filter(hash -> now == null
                        || now.secrets().stream()
                                .noneMatch(secret -> secret.hash().equals(hash)))
                .filter(hash -> isOf(before.name(), holders.get(hash)))
                .forEach(holders::remove);
    }

    private static boolean isOf(String name, @Nullable Holder holder) {
        return holder != null && holder.token().name().equals(name);
    }

    public synchronized void put(Grant grant) {
        grants.put(grant.subject(), grant);
        forget();
    }

    public synchronized void removeGrant(String subject) {
        grants.remove(subject);
        forget();
    }

    private void forget() {
        remembered = new ConcurrentHashMap<>();
    }

    /** A token was used, here or at another gateway. */
    public void used(String name, Instant at) {
        lastUsed.merge(name, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Null if it never was, or not since it was created. */
    public @Nullable Instant lastUsed(AccessToken token) {
        Instant at = lastUsed.get(token.name());
        return at == null || at.isBefore(token.createdAt()) ? null : at;
    }

    /** Whose token has this hash, valid or not. */
    Optional<Holder> holder(TokenHash hash) {
        FixedAccess now = fixed;
        Holder ofFile = now.holders().get(hash);
        if (ofFile != null) {
            return Optional.of(ofFile);
        }
        return Optional.ofNullable(holders.get(hash))
                .filter(holder -> !now.tokens().containsKey(holder.token().name()));
    }

    /** All rights of a principal, as they are now. */
    public Rights rights(Principal principal) {
        Map<String, Remembered> known = remembered;
        Remembered found = known.get(principal.name());
        if (found != null && found.principal().equals(principal)) {
            return found.rights();
        }
        Rights rights = find(principal);
        if (known.size() >= MAX_REMEMBERED) {
            known.clear();
        }
        known.put(principal.name(), new Remembered(principal, rights));
        return rights;
    }

    private Rights find(Principal principal) {
        List<Allowed> all = new ArrayList<>(principal.allowed());
        all.addAll(of(principal.name()));
        principal.groups().stream().sorted().forEach(group -> all.addAll(of(Grant.ofGroup(group))));
        all.addAll(of(Grant.ANYONE));
        return new Rights(all.stream().distinct().toList());
    }

    private List<Allowed> of(String subject) {
        return grant(subject).map(Grant::allow).orElse(List.of());
    }

    public Optional<AccessToken> token(String name) {
        AccessToken ofFile = fixed.tokens().get(name);
        return Optional.ofNullable(ofFile == null ? tokens.get(name) : ofFile);
    }

    public Optional<Grant> grant(String subject) {
        Grant ofFile = fixed.grants().get(subject);
        return Optional.ofNullable(ofFile == null ? grants.get(subject) : ofFile);
    }

    /** All tokens by name. */
    public NavigableMap<String, AccessToken> tokens() {
        return merged(tokens, fixed.tokens());
    }

    /** All rights by subject. */
    public NavigableMap<String, Grant> grants() {
        return merged(grants, fixed.grants());
    }

    private static <T> NavigableMap<String, T> merged(Map<String, T> set, Map<String, T> fixed) {
        NavigableMap<String, T> all = new TreeMap<>(set);
        all.putAll(fixed);
        return Collections.unmodifiableNavigableMap(all);
    }

    /** Whether a token comes from a file of the operator, and can be changed only there. */
    public boolean isTokenFixed(String name) {
        return fixed.tokens().containsKey(name);
    }

    /** Whether the rights of a subject come from a file of the operator, and can be changed only there. */
    public boolean isGrantFixed(String subject) {
        return fixed.grants().containsKey(subject);
    }
}
