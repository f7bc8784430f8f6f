package io.limitledger.wire;

import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Limits and leases in bytes, as the store and its changelog hold them: each is written with every decision, so it takes a
 * sixth of the bytes of its JSON. A version first, then a check of the key, under which a record
 * makes sense only, then what it is, then its fields in the order below. Times are differences from the record's first.
 *
 * <p>A field that is added, or changes its place, needs another version; what was written by the former ones stays readable.
 */
final class CompactState {
    /** No JSON begins with it. */
    static final int VERSION = 1;

    private static final int LIMIT = 'l';
    private static final int LEASE = 'h';
    private static final int WAITER = 'w';
    private static final int ENDED = 'e';

    private static final int NO_HEAD = 0;
    private static final int HASH = 1;
    private static final int OTHER_HEAD = 2;
    private static final int HASH_DIGITS = 64;
    private static final UUID NO_ID = new UUID(0, 0);
    private static final HexFormat HEX = HexFormat.of();

    private CompactState() {}

    static byte[] write(StateKey key, SealedLimit sealed) {
        CompactOutput out = begin(key, LIMIT);
        writeHead(out, sealed.head());
        write(out, sealed.limit());
        return out.bytes();
    }

    static byte[] write(StateKey key, LeaseRecord record) {
        if (record instanceof Lease lease) {
            CompactOutput out = begin(key, LEASE);
            write(out, key, lease);
            return out.bytes();
        }
        if (record instanceof Waiter waiter) {
            CompactOutput out = begin(key, WAITER);
            write(out, key, waiter);
            return out.bytes();
        }
        CompactOutput out = begin(key, ENDED);
        write(out, key, (EndedLease) record);
        return out.bytes();
    }

    static SealedLimit readLimit(StateKey key, byte[] value) {
        CompactInput in = begin(key, value);
        require(in.raw() == LIMIT);
        String head = readHead(in);
        SealedLimit sealed = new SealedLimit(readLimit(in, Objects.requireNonNull(key.limit())), head);
        in.requireEnd();
        return sealed;
    }

    static LeaseRecord readLease(StateKey key, byte[] value) {
        CompactInput in = begin(key, value);
        LeaseRecord record = switch (in.raw()) {
            case LEASE -> readLease(in, key);
            case WAITER -> readWaiter(in, key);
            case ENDED -> readEnded(in, key);
            default -> throw new IllegalArgumentException("Expected the record of a lease id");
        };
        in.requireEnd();
        return record;
    }

    private static CompactOutput begin(StateKey key, int kind) {
        return new CompactOutput().raw(VERSION).fixed(check(key)).raw(kind);
    }

    private static CompactInput begin(StateKey key, byte[] value) {
        CompactInput in = new CompactInput(value);
        require(in.raw() == VERSION);
        require(in.fixed() == check(key));
        return in;
    }

    private static int check(StateKey key) {
        UUID id = key.leaseId() == null ? NO_ID : key.leaseId();
        long bits = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
        return 31 * Objects.requireNonNull(key.limit()).hashCode() + Long.hashCode(bits);
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "Expected a state record of version " + VERSION + ", written under its key");
        }
    }

    private static void writeHead(CompactOutput out, @Nullable String head) {
        if (head == null) {
            out.raw(NO_HEAD);
        } else if (head.length() == HASH_DIGITS && head.chars().allMatch(CompactState::isDigit)) {
            out.raw(HASH).block(HEX.parseHex(head));
        } else {
            out.raw(OTHER_HEAD).text(head);
        }
    }

    private static boolean isDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    private static @Nullable String readHead(CompactInput in) {
        return switch (in.raw()) {
            case NO_HEAD -> null;
            case HASH -> HEX.formatHex(in.block());
            case OTHER_HEAD -> in.text();
            default -> throw new IllegalArgumentException("Expected the head of a limit");
        };
    }

    private static void write(CompactOutput out, Limit limit) {
        long at = limit.decidedAt();
        out.number(at).id(limit.id());
        Definition definition = limit.definition();
        out.number(definition.limit()).fraction(definition.slotDecayPerSecond()).flag(definition.active());
        Bucket bucket = limit.bucket();
        out.number(bucket.levelMicros())
                .number(bucket.drainedMicros())
                .number(bucket.carryPicos())
                .number(bucket.unleasedMicros())
                .number(bucket.settledAt() - at);
        Demand demand = limit.demand();
        out.fraction(demand.averageOccupancySeconds())
                .number(demand.deniedSlots())
                .number(demand.deniedAt() - at);
        optional(
                out,
                limit.reservations(),
                (to, reservations) -> to.number(reservations.levelMicros())
                        .number(reservations.carryPicos())
                        .number(reservations.at() - at)
                        .number(reservations.slots()));
        out.number(limit.leases())
                .number(limit.waiting())
                .number(limit.ended())
                .number(limit.nextPlace())
                .number(limit.prolongedMillis())
                .number(limit.createdAt() - at)
                .number(limit.updatedAt() - at)
                .number(limit.number())
                .number(limit.moves());
        optional(out, limit.move(), CompactState::write);
        out.number(limit.offset());
    }

    private static Limit readLimit(CompactInput in, String name) {
        long at = in.number();
        UUID id = in.id();
        Definition definition = new Definition(in.number(), in.fraction(), in.flag());
        Bucket bucket = new Bucket(in.number(), in.number(), in.number(), in.number(), at + in.number());
        Demand demand = new Demand(in.fraction(), in.number(), at + in.number());
        Reservations reservations =
                optional(in, from -> new Reservations(from.number(), from.number(), at + from.number(), from.number()));
        long leases = in.number();
        long waiting = in.number();
        long ended = in.number();
        long nextPlace = in.number();
        long prolongedMillis = in.number();
        long createdAt = at + in.number();
        long updatedAt = at + in.number();
        long number = in.number();
        int moves = in.smallNumber();
        Move move = optional(in, CompactState::readMove);
        long offset = in.number();
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                reservations,
                leases,
                waiting,
                ended,
                nextPlace,
                prolongedMillis,
                createdAt,
                updatedAt,
                at,
                number,
                moves,
                move,
                offset);
    }

    private static void write(CompactOutput out, Move move) {
        out.raw(code(move.direction()))
                .text(move.other())
                .number(move.nextPart())
                .number(move.parts());
        optional(out, move.asker(), CompactState::write);
    }

    private static Move readMove(CompactInput in) {
        Move.Direction direction = direction(in.raw());
        return new Move(
                direction, in.text(), in.smallNumber(), in.smallNumber(), optional(in, CompactState::readAsker));
    }

    private static int code(Move.Direction direction) {
        return switch (direction) {
            case LEAVING -> 'l';
            case ARRIVING -> 'a';
        };
    }

    private static Move.Direction direction(int code) {
        return switch (code) {
            case 'l' -> Move.Direction.LEAVING;
            case 'a' -> Move.Direction.ARRIVING;
            default -> throw new IllegalArgumentException("Expected the direction of a move, but got " + code);
        };
    }

    private static void write(CompactOutput out, StateKey key, Lease lease) {
        long at = lease.acquiredAt();
        write(out, key, lease.claim());
        out.number(at)
                .number(lease.startsAt() - at)
                .number(lease.expiresAt() - at)
                .number(lease.takenMicros())
                .number(lease.drainMark());
        optional(out, lease.handedTo(), CompactState::write);
    }

    private static Lease readLease(CompactInput in, StateKey key) {
        Claim claim = readClaim(in, key);
        long at = in.number();
        long startsAt = at + in.number();
        long expiresAt = at + in.number();
        long takenMicros = in.number();
        long drainMark = in.number();
        return new Lease(claim, takenMicros, drainMark, at, startsAt, expiresAt, optional(in, CompactState::readAsker));
    }

    private static void write(CompactOutput out, StateKey key, Waiter waiter) {
        long at = waiter.since();
        write(out, key, waiter.claim());
        out.number(at).number(waiter.until() - at).number(waiter.place());
        optional(out, waiter.takeUpMillis(), CompactOutput::number);
        optional(out, waiter.startsAt(), (to, startsAt) -> to.number(startsAt - at));
        optional(out, waiter.asker(), CompactState::write);
    }

    private static Waiter readWaiter(CompactInput in, StateKey key) {
        Claim claim = readClaim(in, key);
        long at = in.number();
        long until = at + in.number();
        long place = in.number();
        Long takeUpMillis = optional(in, CompactInput::number);
        Long startsAt = optional(in, from -> at + from.number());
        return new Waiter(claim, takeUpMillis, place, at, until, startsAt, optional(in, CompactState::readAsker));
    }

    private static void write(CompactOutput out, StateKey key, EndedLease ended) {
        out.number(ended.endedAt()).raw(code(ended.how()));
        optional(out, ended.grant(), (to, grant) -> write(to, key, grant));
    }

    private static EndedLease readEnded(CompactInput in, StateKey key) {
        long endedAt = in.number();
        EndedLease.How how = how(in.raw());
        Lease grant = optional(in, from -> readLease(from, key));
        return new EndedLease(leaseId(key), Objects.requireNonNull(key.limit()), how, endedAt, grant);
    }

    private static int code(EndedLease.How how) {
        return switch (how) {
            case RELEASED -> 'r';
            case EXPIRED -> 'e';
            case CANCELLED -> 'c';
            case UNLEASED -> 'u';
        };
    }

    private static EndedLease.How how(int code) {
        return switch (code) {
            case 'r' -> EndedLease.How.RELEASED;
            case 'e' -> EndedLease.How.EXPIRED;
            case 'c' -> EndedLease.How.CANCELLED;
            case 'u' -> EndedLease.How.UNLEASED;
            default -> throw new IllegalArgumentException("Expected how a lease has ended, but got " + code);
        };
    }

    /** Its id and its limit are those of the key, or come before it. */
    private static void write(CompactOutput out, StateKey key, Claim claim) {
        boolean isOfKey = claim.leaseId().equals(key.leaseId()) && claim.limit().equals(key.limit());
        out.flag(isOfKey);
        if (!isOfKey) {
            out.id(claim.leaseId()).text(claim.limit());
        }
        out.number(claim.slots()).number(claim.leaseMillis());
        optional(out, claim.holder(), (to, holder) -> to.text(holder.json()));
        out.number(claim.siblings().size());
        claim.siblings().forEach(out::text);
    }

    private static Claim readClaim(CompactInput in, StateKey key) {
        boolean isOfKey = in.flag();
        UUID leaseId = isOfKey ? leaseId(key) : in.id();
        String limit = isOfKey ? Objects.requireNonNull(key.limit()) : in.text();
        long slots = in.number();
        long leaseMillis = in.number();
        Holder holder = optional(in, from -> new Holder(from.text()));
        return new Claim(leaseId, limit, slots, leaseMillis, holder, readTexts(in));
    }

    private static List<String> readTexts(CompactInput in) {
        int count = in.smallNumber();
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(in.text());
        }
        return texts;
    }

    private static void write(CompactOutput out, Asker asker) {
        out.text(asker.topic()).number(asker.partition()).text(asker.key()).text(asker.correlationId());
    }

    private static Asker readAsker(CompactInput in) {
        return new Asker(in.text(), in.smallNumber(), in.text(), in.text());
    }

    private static UUID leaseId(StateKey key) {
        return Objects.requireNonNull(key.leaseId());
    }

    private static <T> void optional(CompactOutput out, @Nullable T value, BiConsumer<CompactOutput, T> write) {
        out.flag(value != null);
        if (value != null) {
            write.accept(out, value);
        }
    }

    private static <T> @Nullable T optional(CompactInput in, Function<CompactInput, T> read) {
        return in.flag() ? read.apply(in) : null;
    }
}
