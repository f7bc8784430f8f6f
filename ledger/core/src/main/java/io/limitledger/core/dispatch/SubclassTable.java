package io.limitledger.core.dispatch;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A value for each permitted subclass of a sealed type: what a switch over types would be, which Java 17 does not have. A
 * subclass without a value is found when the table is made, so the class that keeps the table cannot be loaded.
 *
 * @param <T> the sealed type
 * @param <V> what the table has for each of its subclasses
 */
public final class SubclassTable<T, V> {
    /** Never changed. A plain hash map, since its look-up is the fastest: one for each command, and one for each event. */
    private final Map<Class<?>, V> values;

    /**
     * Makes a table.
     *
     * @throws IllegalStateException if the classes are not those that the sealed type permits
     */
    public SubclassTable(Class<T> sealed, Map<? extends Class<? extends T>, ? extends V> values) {
        Set<Class<?>> permitted = Set.of(sealed.getPermittedSubclasses());
        if (!permitted.equals(values.keySet())) {
            throw new IllegalStateException("A table of " + sealed.getSimpleName() + " lacks "
                    + names(permitted, values.keySet()) + " and has " + names(values.keySet(), permitted)
                    + " in excess; it needs one entry for each class that the type permits");
        }
        this.values = new HashMap<>(values);
    }

    private static Set<String> names(Set<? extends Class<?>> classes, Set<? extends Class<?>> without) {
        return classes.stream()
                .filter(type -> !without.contains(type))
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value for the class of an object. */
    public V of(T object) {
        return Objects.requireNonNull(values.get(object.getClass()));
    }
}
