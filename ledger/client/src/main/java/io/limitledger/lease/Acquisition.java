package io.limitledger.lease;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Holder;
import io.limitledger.wire.LeaseIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The same number of slots from each of some limits, or nothing.
 *
 * @param names of the limits, 1 or more; each once and in order, however they were given
 * @param leaseMillis counted from when all are held; for slots without a lease see {@link Leases#take}
 * @param waitMillis patience for all of them together
 * @param leaseId one id for all; asking again with it gives the same lease
 */
public record Acquisition(
        List<String> names,
        long slots,
        long leaseMillis,
        long waitMillis,
        @Nullable Holder holder,
        UUID leaseId) {
    /** How many limits may be named. */
    public static final int MAX_NAMES = Bounds.SIBLINGS + 1;

    private static final String ANY_NAME = "any";

    public Acquisition {
        names = inOrder(names);
    }

    /** Under a new id, from which any gateway can compute the partition. */
    public static Acquisition of(
            Collection<String> names, long slots, long leaseMillis, long waitMillis, @Nullable Holder holder) {
        List<String> inOrder = inOrder(names);
        return new Acquisition(inOrder, slots, leaseMillis, waitMillis, holder, newId(inOrder));
    }

    /** On one limit. */
    public static Acquisition of(AcquireLease one) {
        return new Acquisition(
                List.of(one.limit()), one.slots(), one.leaseMillis(), one.waitMillis(), one.holder(), one.leaseId());
    }

    /** The same under an id that the asker chose. */
    public Acquisition withId(UUID leaseId) {
        return new Acquisition(names, slots, leaseMillis, waitMillis, holder, leaseId);
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
        if (names.isEmpty() || names.size() > MAX_NAMES) {
            mistakes.add(new InvalidField("limits", "Expected 1 to " + MAX_NAMES + " names, but got " + names.size()));
        }
        names.stream()
                .flatMap(name -> new DeleteLimit(name).invalidFields().stream())
                .forEach(mistake -> mistakes.add(new InvalidField("limits", mistake.message())));
        mistakes.addAll(
                new AcquireLease(ANY_NAME, leaseId, slots, leaseMillis, waitMillis, holder, List.of()).invalidFields());
        if (leaseMillis == 0 && names.size() > 1) {
            mistakes.add(new InvalidField(
                    "leaseSeconds",
                    "Expected a lease on several limits, because only a lease can be given back where one of them"
                            + " denies, but got 0"));
        }
        return mistakes;
    }

    /** The others of its limits. */
    List<String> siblingsOf(String name) {
        return names.stream().filter(other -> !other.equals(name)).toList();
    }

    /** Whether it asks for the same. How patiently, and for how long, does not matter. */
    boolean isSame(Acquisition other) {
        return names.equals(other.names) && slots == other.slots && Objects.equals(holder, other.holder);
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
