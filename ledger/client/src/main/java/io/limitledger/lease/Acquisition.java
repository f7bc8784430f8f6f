package io.limitledger.lease;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Terms;
import io.limitledger.wire.LeaseIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Slots from each of some limits, or nothing.
 *
 * @param parts one for each limit, 1 or more; each once and in order of names, however they were given
 * @param leaseMillis counted from when all are held; for slots without a lease see {@link Leases#take}
 * @param waitMillis patience for all of them together
 * @param leaseId one id for all; asking again with it gives the same lease
 */
public record Acquisition(
        List<Part> parts,
        long leaseMillis,
        long waitMillis,
        @Nullable Holder holder,
        UUID leaseId) {
    /** How many limits may be named. */
    public static final int MAX_NAMES = Bounds.SIBLINGS + 1;

    private static final String ANY_NAME = "any";

    /** What each limit may be asked for by itself; everything else is said once for all. */
    private static final Set<String> FIELDS_OF_PART = Set.of("slots", "key", "priority", "upTo");

    /**
     * What is asked of one limit.
     *
     * @param name of the limit
     * @param terms what else is said of them; null if nothing
     */
    public record Part(String name, long slots, @Nullable Terms terms) {}

    public Acquisition {
        parts = parts.size() == 1
                ? List.copyOf(parts)
                : parts.stream()
                        .sorted(Comparator.comparing(Part::name))
                        .distinct()
                        .toList();
    }

    /** The same number of slots from each. */
    public Acquisition(
            Collection<String> names,
            long slots,
            long leaseMillis,
            long waitMillis,
            @Nullable Holder holder,
            UUID leaseId) {
        this(partsOf(names, slots), leaseMillis, waitMillis, holder, leaseId);
    }

    /** The same number of slots from each, under a new id, from which any gateway can compute the partition. */
    public static Acquisition of(
            Collection<String> names, long slots, long leaseMillis, long waitMillis, @Nullable Holder holder) {
        return of(partsOf(names, slots), leaseMillis, waitMillis, holder);
    }

    /** Under such an id. */
    public static Acquisition of(List<Part> parts, long leaseMillis, long waitMillis, @Nullable Holder holder) {
        List<String> names = inOrder(parts.stream().map(Part::name).toList());
        return new Acquisition(parts, leaseMillis, waitMillis, holder, newId(names));
    }

    /** On one limit. */
    public static Acquisition of(AcquireLease one) {
        Part part = new Part(one.limit(), one.slots(), one.claim().terms());
        return new Acquisition(List.of(part), one.leaseMillis(), one.waitMillis(), one.holder(), one.leaseId());
    }

    private static List<Part> partsOf(Collection<String> names, long slots) {
        return names.stream().map(name -> new Part(name, slots, null)).toList();
    }

    /** The same under an id that the asker chose. */
    public Acquisition withId(UUID leaseId) {
        return new Acquisition(parts, leaseMillis, waitMillis, holder, leaseId);
    }

    /** Names of the limits, in order. */
    public List<String> names() {
        return parts.size() == 1
                ? List.of(parts.get(0).name())
                : parts.stream().map(Part::name).toList();
    }

    /** The one order in which all requests ask. A holder of one limit waits only for later ones, so no requests wait for each other in a circle. */
    static List<String> inOrder(Collection<String> names) {
        return names.stream().sorted().distinct().toList();
    }

    /** A lease id that leads to the first of the limits. */
    static UUID newId(List<String> inOrder) {
        return inOrder.isEmpty() ? UUID.randomUUID() : LeaseIds.newFor(inOrder.get(0));
    }

    /** All mistakes, by the names that fields have over HTTP. */
    public List<InvalidField> invalidFields() {
        List<InvalidField> mistakes = new ArrayList<>();
        if (parts.isEmpty() || parts.size() > MAX_NAMES) {
            mistakes.add(new InvalidField("limits", "Expected 1 to " + MAX_NAMES + " names, but got " + parts.size()));
        }
        for (int i = 0; i < parts.size(); i++) {
            mistakes.addAll(mistakesOf(parts.get(i), isAlike()));
            if (i > 0 && parts.get(i).name().equals(parts.get(i - 1).name())) {
                mistakes.add(new InvalidField(
                        "limits",
                        "'" + parts.get(i).name()
                                + "' is named twice, with different slots or keys; name each limit once"));
            }
        }
        new AcquireLease(ANY_NAME, leaseId, 1, leaseMillis, waitMillis, holder, List.of())
                .invalidFields()
                .forEach(mistakes::add);
        if (leaseMillis == 0 && parts.size() > 1) {
            mistakes.add(new InvalidField(
                    "leaseSeconds",
                    "Expected a lease on several limits, because only a lease can be given back where one of them"
                            + " denies, but got 0"));
        }
        return mistakes.stream().distinct().toList();
    }

    /** Whether the same is asked of each. */
    private boolean isAlike() {
        return parts.stream()
                .allMatch(part -> part.slots() == parts.get(0).slots()
                        && Objects.equals(part.terms(), parts.get(0).terms()));
    }

    private List<InvalidField> mistakesOf(Part part, boolean isAlike) {
        return acquire(part, leaseMillis, waitMillis).invalidFields().stream()
                .filter(mistake -> FIELDS_OF_PART.contains(mistake.field()) || "limit".equals(mistake.field()))
                .map(mistake -> mistakeOf(part, isAlike, mistake))
                .toList();
    }

    private static InvalidField mistakeOf(Part part, boolean isAlike, InvalidField mistake) {
        if ("limit".equals(mistake.field())) {
            return new InvalidField("limits", mistake.message());
        }
        return isAlike
                ? mistake
                : new InvalidField("limits", mistake.field() + " of '" + part.name() + "': " + mistake.message());
    }

    /** The command that asks one of its limits. */
    AcquireLease acquire(Part part, long leaseMillis, long waitMillis) {
        Claim claim = new Claim(
                leaseId, part.name(), part.slots(), leaseMillis, holder, siblingsOf(part.name()), part.terms());
        return new AcquireLease(claim, waitMillis, null);
    }

    /** The others of its limits. */
    List<String> siblingsOf(String name) {
        return parts.size() == 1
                ? List.of()
                : parts.stream()
                        .map(Part::name)
                        .filter(other -> !other.equals(name))
                        .toList();
    }

    /** Whether it asks for the same. How patiently, and for how long, does not matter. */
    boolean isSame(Acquisition other) {
        return parts.equals(other.parts) && Objects.equals(holder, other.holder);
    }

    Refused idInUse() {
        return new Refused(
                Refused.Reason.LEASE_ID_TAKEN,
                "Lease id " + leaseId + " is in use for other limits, and an id names one acquire; ask with a new id",
                List.of());
    }

    Refused idTaken() {
        return new Refused(
                Refused.Reason.LEASE_ID_TAKEN,
                "Expected the same limits, slots and holder as when lease id " + leaseId
                        + " was first asked for, but they differ; ask with a new id",
                List.of());
    }
}
