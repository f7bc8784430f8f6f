package io.limitledger.gateway.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens and rights from files of the operator, which only a change of those files changes.
 *
 * @param tokens by name
 * @param grants by subject
 * @param holders of the tokens, by the hashes of their texts
 */
public record FixedAccess(
        Map<String, AccessToken> tokens, Map<String, Grant> grants, Map<TokenHash, AccessBook.Holder> holders) {
    public static final FixedAccess NONE = new FixedAccess(Map.of(), Map.of(), Map.of());

    /** With one more token; one of the same name gives way to it. */
    FixedAccess with(AccessToken token) {
        List<AccessToken> all = new ArrayList<>(tokens.values());
        all.removeIf(other -> other.name().equals(token.name()));
        all.add(token);
        return of(all, grants.values());
    }

    public static FixedAccess of(Collection<AccessToken> tokens, Collection<Grant> grants) {
        Map<String, AccessToken> byName = new LinkedHashMap<>();
        Map<TokenHash, AccessBook.Holder> holders = new HashMap<>();
        for (AccessToken token : tokens) {
            byName.put(token.name(), token);
            AccessBook.Holder holder = AccessBook.Holder.of(token);
            token.secrets().forEach(secret -> holders.put(secret.hash(), holder));
        }
        Map<String, Grant> bySubject = new LinkedHashMap<>();
        grants.forEach(grant -> bySubject.put(grant.subject(), grant));
        return new FixedAccess(Map.copyOf(byName), Map.copyOf(bySubject), Map.copyOf(holders));
    }
}
