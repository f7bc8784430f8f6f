package io.limitledger.gateway.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one principal may do, all that allows it taken together. */
public final class Rights {
    public static final Rights ALL = new Rights(List.of(new Allowed(Right.ADMIN, NamePattern.ALL)));
    public static final Rights NONE = new Rights(List.of());

    private final List<Allowed> allowed;
    private final Set<Right> onAll = EnumSet.noneOf(Right.class);
    private final Map<String, Set<Right>> onNames = new HashMap<>();
    private final List<Allowed> onPatterns = new ArrayList<>();

    public Rights(Collection<Allowed> allowed) {
        this.allowed = List.copyOf(allowed);
        this.allowed.forEach(this::add);
    }

    private void add(Allowed one) {
        if (one.limits().isAll()) {
            onAll.add(one.right());
        } else if (one.limits().isExact()) {
            onNames.computeIfAbsent(one.limits().text(), name -> EnumSet.noneOf(Right.class))
                    .add(one.right());
        } else {
            onPatterns.add(one);
        }
    }

    /** Whether it may do this with a limit, which need not exist. */
    public boolean may(Right right, String limit) {
        return mayAll(right)
                || includes(onNames.getOrDefault(limit, Set.of()), right)
                || onPatterns.stream()
                        .anyMatch(one ->
                                one.right().includes(right) && one.limits().matches(limit));
    }

    /** Whether it may do this with every limit. */
    public boolean mayAll(Right right) {
        return includes(onAll, right);
    }

    private static boolean includes(Set<Right> rights, Right right) {
        return rights.stream().anyMatch(one -> one.includes(right));
    }

    /** As they were given. */
    public List<Allowed> allowed() {
        return allowed;
    }
}
