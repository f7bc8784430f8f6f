package io.limitledger.core.rule;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All versions of the rules that ever decided. The ledger decides with the newest; an audit decides each command again with
 * the version that its events state.
 */
public final class RuleBook {
    /** In which every version is entered, and from which none is taken out. */
    public static final RuleBook OURS =
            new RuleBook(List.of(new FirstRules(), new SecondRules(), new ThirdRules(), new FourthRules()));

    private final Rules newest;
    private final Map<Integer, Rules> versions;

    /** @param versions the newest last */
    public RuleBook(List<Rules> versions) {
        this.newest = versions.get(versions.size() - 1);
        this.versions = versions.stream().collect(Collectors.toUnmodifiableMap(Rules::version, Function.identity()));
    }

    public Rules newest() {
        return newest;
    }

    /** Null if there is no such version, or none yet. */
    public @Nullable Rules version(int version) {
        return versions.get(version);
    }
}
