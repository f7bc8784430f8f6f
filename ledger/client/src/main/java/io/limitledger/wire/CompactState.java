package io.limitledger.wire;

import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.OffsetChange;
import io.limitledger.core.state.Progress;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Slice;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Usage;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Limits, leases and keys in bytes, as the store and its changelog hold them: each is written with every decision, so it takes a
 * sixth of the bytes of its JSON. A version first, then a check of the key, under which a record
 * makes sense only, then what it is, then its fields in the order below. Times are differences from the record's first.
 *
 * <p>A field that is added, or changes its place, needs another version; what was written by the former ones stays readable.
 */
final class CompactState {
    /** No JSON begins with it. */
    static final int VERSION = 3;

    /** Without owners. Still written where there is none, so that processes of the version before can read it. */
    private static final int WITHOUT_OWNERS = 2;

    /** Without quotas, keys, turns and fences. */
    private static final int FIRST_VERSION = 1;

    private static final int LIMIT = 'l';
    private static final int KEY = 'k';
    private static final int LEASE = 'h';
    private static final int WAITER = 'w';
    private static final int ENDED = 'e';

    private static final int SLIDING = 's';

    private static final int NO_HEAD = 0;
    private static final int HASH = 1;
    private static final int OTHER_HEAD = 2;
    private static final int HASH_DIGITS = 64;
    private static final UUID NO_ID = new UUID(0, 0);
    private static final HexFormat HEX = HexFormat.of();

    private CompactState() {}

    static byte[] write(StateKey key, SealedLimit sealed) {
        Move move = sealed.limit().move();
        CompactOutput out = begin(key, LIMIT, move == null ? null : move.by());
        writeHead(out, sealed.head());
        write(out, sealed.limit());
        return out.bytes();
    }

    static byte[] write(StateKey key, LeaseRecord record) {
        if (record instanceof Lease lease) {
            CompactOutput out = begin(key, LEASE, lease.claim().owner());
            write(out, key, lease);
            return out.bytes();
        }
        if (record instanceof Waiter waiter) {
            CompactOutput out = begin(key, WAITER, waiter.claim().owner());
            write(out, key, waiter);
            return out.bytes();
        }
        EndedLease ended = (EndedLease) record;
        Lease grant = ended.grant();
        CompactOutput out =
                begin(key, ENDED, grant == null ? null : grant.claim().owner());
        write(out, key, ended);
        return out.bytes();
    }

    static byte[] write(StateKey key, KeyUse use) {
        CompactOutput out = begin(key, KEY, null);
        Bucket bucket = use.bucket();
        long at = bucket.settledAt();
        out.number(at);
        write(out, bucket, at);
        write(out, use.windows(), at);
        out.number(use.held()).number(use.leases()).number(use.virtualTime());
        optional(out, use.override(), CompactState::write);
        return out.bytes();
    }

    static KeyUse readKeyUse(StateKey key, byte[] value) {
        CompactInput in = begin(key, value);
        require(in.raw() == KEY);
        long at = in.number();
        KeyUse use = new KeyUse(
                Objects.requireNonNull(key.limit()),
                Objects.requireNonNull(key.key()),
                readBucket(in, at),
                readWindows(in, at),
                in.number(),
                in.number(),
                in.number(),
                optional(in, CompactState::readOverride));
        in.requireEnd();
        return use;
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

    private static CompactOutput begin(StateKey key, int kind, @Nullable String owner) {
        return new CompactOutput(owner == null ? WITHOUT_OWNERS : VERSION)
                .fixed(check(key))
                .raw(kind);
    }

    private static CompactInput begin(StateKey key, byte[] value) {
        CompactInput in = new CompactInput(value);
        in.version(in.raw());
        require(in.version() >= FIRST_VERSION && in.version() <= VERSION);
        require(in.fixed() == check(key));
        return in;
    }

    private static int check(StateKey key) {
        UUID id = key.leaseId() == null ? NO_ID : key.leaseId();
        long bits = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
        int ofKey = key.key() == null ? 0 : 31 * key.key().hashCode() + 1;
        return 31 * Objects.requireNonNull(key.limit()).hashCode() + Long.hashCode(bits) + ofKey;
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
        write(out, limit.bucket(), at);
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
        out.number(limit.offset()).number(limit.progress().fence());
        // Also where it was, and is no longer: what was taken then still counts, or is known to be of another time.
        boolean isExtended = definition.isExtended()
                || !limit.usage().windows().equals(Windows.EMPTY)
                || limit.usage().virtualTime() != 0;
        out.flag(isExtended);
        if (isExtended) {
            writeExtension(out, limit, at);
        }
    }

    private static void writeExtension(CompactOutput out, Limit limit, long at) {
        Definition definition = limit.definition();
        write(out, definition.quotas());
        optional(out, definition.perKey(), CompactState::write);
        write(out, definition.queueing());
        write(out, limit.usage().windows(), at);
        out.number(limit.usage().virtualTime());
        optional(out, limit.reservations(), (to, reservations) -> writeAll(to, reservations.windows(), at));
    }

    private static Limit readLimit(CompactInput in, String name) {
        long at = in.number();
        UUID id = in.id();
        Definition definition = new Definition(in.number(), in.fraction(), in.flag());
        Bucket bucket = readBucket(in, at);
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
        long fence = in.version() > FIRST_VERSION ? in.number() : 0;
        Usage usage = new Usage(bucket, Windows.EMPTY, 0, demand, reservations, leases, waiting, ended);
        Progress progress =
                new Progress(nextPlace, prolongedMillis, fence, createdAt, updatedAt, at, number, moves, move, offset);
        boolean isExtended = in.version() > FIRST_VERSION && in.flag();
        return isExtended
                ? readExtension(in, new Limit(name, id, definition, usage, progress), at)
                : new Limit(name, id, definition, usage, progress);
    }

    private static Limit readExtension(CompactInput in, Limit limit, long at) {
        Definition plain = limit.definition();
        Definition definition = new Definition(
                plain.limit(),
                plain.slotDecayPerSecond(),
                plain.active(),
                readQuotas(in),
                optional(in, CompactState::readKeyBounds),
                readQueueing(in));
        Windows windows = readWindows(in, at);
        long virtualTime = in.number();
        List<Window> promised = optional(in, from -> readAll(from, at));
        Limit whole = new Limit(limit.name(), limit.id(), definition, limit.usage(), limit.progress())
                .withWindows(windows)
                .withVirtualTime(virtualTime);
        Reservations reservations = limit.reservations();
        return promised == null || reservations == null
                ? whole
                : whole.withReservations(new Reservations(
                        reservations.levelMicros(),
                        reservations.carryPicos(),
                        reservations.at(),
                        reservations.slots(),
                        promised));
    }

    private static void write(CompactOutput out, Bucket bucket, long at) {
        out.number(bucket.levelMicros())
                .number(bucket.drainedMicros())
                .number(bucket.carryPicos())
                .number(bucket.unleasedMicros())
                .number(bucket.settledAt() - at);
    }

    private static Bucket readBucket(CompactInput in, long at) {
        return new Bucket(in.number(), in.number(), in.number(), in.number(), at + in.number());
    }

    private static void write(CompactOutput out, Windows windows, long at) {
        out.number(windows.epoch());
        writeAll(out, windows.all(), at);
    }

    private static Windows readWindows(CompactInput in, long at) {
        long epoch = in.number();
        List<Window> all = readAll(in, at);
        return all.isEmpty() && epoch == 0 ? Windows.EMPTY : new Windows(all, epoch);
    }

    /** The times of the slices as differences, each from the one before. */
    private static void writeAll(CompactOutput out, List<Window> windows, long at) {
        out.number(windows.size());
        for (Window window : windows) {
            out.number(window.size());
            long before = at;
            for (int index = 0; index < window.size(); index++) {
                Slice slice = window.slice(index);
                out.number(slice.until() - before).number(slice.slots());
                before = slice.until();
            }
        }
    }

    private static List<Window> readAll(CompactInput in, long at) {
        int count = in.smallNumber();
        List<Window> windows = new ArrayList<>();
        while (windows.size() < count) {
            windows.add(readWindow(in, at));
        }
        return windows;
    }

    private static Window readWindow(CompactInput in, long at) {
        int count = in.smallNumber();
        List<Slice> slices = new ArrayList<>();
        long until = at;
        while (slices.size() < count) {
            until += in.number();
            slices.add(new Slice(until, in.number()));
        }
        return Window.of(slices);
    }

    private static void write(CompactOutput out, List<Quota> quotas) {
        out.number(quotas.size());
        for (Quota quota : quotas) {
            out.number(quota.slots());
            if (quota.period() instanceof SlidingPeriod sliding) {
                out.raw(SLIDING).number(sliding.seconds());
            } else {
                CalendarPeriod calendar = (CalendarPeriod) quota.period();
                out.raw(code(calendar.unit())).text(calendar.zone()).number(calendar.atMinutes());
                write(out, calendar);
            }
        }
    }

    private static void write(CompactOutput out, CalendarPeriod calendar) {
        out.number(calendar.offsets().size());
        long before = 0;
        for (OffsetChange change : calendar.offsets()) {
            out.number(change.at() - before).number(change.offsetSeconds());
            before = change.at();
        }
    }

    private static List<Quota> readQuotas(CompactInput in) {
        int count = in.smallNumber();
        List<Quota> quotas = new ArrayList<>();
        while (quotas.size() < count) {
            long slots = in.number();
            int code = in.raw();
            quotas.add(
                    new Quota(slots, code == SLIDING ? new SlidingPeriod(in.number()) : readCalendar(in, unit(code))));
        }
        return quotas;
    }

    private static CalendarPeriod readCalendar(CompactInput in, CalendarPeriod.Unit unit) {
        String zone = in.text();
        int atMinutes = in.smallNumber();
        int count = in.smallNumber();
        List<OffsetChange> offsets = new ArrayList<>();
        long at = 0;
        while (offsets.size() < count) {
            at += in.number();
            offsets.add(new OffsetChange(at, in.smallNumber()));
        }
        return new CalendarPeriod(unit, zone, atMinutes, offsets);
    }

    private static int code(CalendarPeriod.Unit unit) {
        return switch (unit) {
            case MINUTE -> 'm';
            case HOUR -> 'h';
            case DAY -> 'd';
            case WEEK -> 'w';
            case MONTH -> 'M';
        };
    }

    private static CalendarPeriod.Unit unit(int code) {
        return switch (code) {
            case 'm' -> CalendarPeriod.Unit.MINUTE;
            case 'h' -> CalendarPeriod.Unit.HOUR;
            case 'd' -> CalendarPeriod.Unit.DAY;
            case 'w' -> CalendarPeriod.Unit.WEEK;
            case 'M' -> CalendarPeriod.Unit.MONTH;
            default -> throw new IllegalArgumentException("Expected the period of a quota, but got " + code);
        };
    }

    private static void write(CompactOutput out, KeyBounds bounds) {
        out.number(bounds.limit()).fraction(bounds.slotDecayPerSecond());
        write(out, bounds.quotas());
        optional(out, bounds.maxWaiting(), CompactOutput::number);
        out.fraction(bounds.weight());
    }

    private static KeyBounds readKeyBounds(CompactInput in) {
        return new KeyBounds(
                in.number(), in.fraction(), readQuotas(in), optional(in, CompactInput::number), in.fraction());
    }

    private static void write(CompactOutput out, KeyOverride override) {
        optional(out, override.limit(), CompactOutput::number);
        optional(out, override.slotDecayPerSecond(), CompactOutput::fraction);
        optional(out, override.quotas(), CompactState::write);
        optional(out, override.maxWaiting(), CompactOutput::number);
        optional(out, override.weight(), CompactOutput::fraction);
    }

    private static KeyOverride readOverride(CompactInput in) {
        return new KeyOverride(
                optional(in, CompactInput::number),
                optional(in, CompactInput::fraction),
                optional(in, CompactState::readQuotas),
                optional(in, CompactInput::number),
                optional(in, CompactInput::fraction));
    }

    private static void write(CompactOutput out, Queueing queueing) {
        out.flag(queueing.order() == Queueing.Order.FAIR).flag(queueing.replacesOldest());
        optional(out, queueing.maxWaiting(), CompactOutput::number);
    }

    private static Queueing readQueueing(CompactInput in) {
        Queueing.Order order = in.flag() ? Queueing.Order.FAIR : Queueing.Order.FIFO;
        Queueing.WhenFull whenFull = in.flag() ? Queueing.WhenFull.REPLACE_OLDEST : Queueing.WhenFull.REFUSE;
        return new Queueing(order, optional(in, CompactInput::number), whenFull);
    }

    private static void write(CompactOutput out, Move move) {
        out.raw(code(move.direction()))
                .text(move.other())
                .number(move.nextPart())
                .number(move.parts());
        optional(out, move.asker(), CompactState::write);
        if (out.version() > WITHOUT_OWNERS) {
            optional(out, move.by(), CompactOutput::text);
        }
    }

    private static Move readMove(CompactInput in) {
        Move.Direction direction = direction(in.raw());
        return new Move(
                direction,
                in.text(),
                in.smallNumber(),
                in.smallNumber(),
                optional(in, CompactState::readAsker),
                in.version() > WITHOUT_OWNERS ? optional(in, CompactInput::text) : null);
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
        optional(out, lease.fence(), CompactOutput::number);
        optional(out, lease.spend(), (to, spend) -> write(to, spend, at));
        optional(out, lease.used(), CompactOutput::number);
    }

    private static void write(CompactOutput out, Spend spend, long at) {
        write(out, spend.windows(), at);
        optional(out, spend.key(), CompactOutput::text);
        out.number(spend.keyMicros()).number(spend.keyDrainMark());
        write(out, spend.keyWindows(), at);
    }

    private static Spend readSpend(CompactInput in, long at) {
        return new Spend(
                readWindows(in, at), optional(in, CompactInput::text), in.number(), in.number(), readWindows(in, at));
    }

    private static Lease readLease(CompactInput in, StateKey key) {
        Claim claim = readClaim(in, key);
        long at = in.number();
        long startsAt = at + in.number();
        long expiresAt = at + in.number();
        long takenMicros = in.number();
        long drainMark = in.number();
        Asker handedTo = optional(in, CompactState::readAsker);
        if (in.version() == FIRST_VERSION) {
            return new Lease(claim, takenMicros, drainMark, at, startsAt, expiresAt, handedTo);
        }
        return new Lease(
                claim,
                takenMicros,
                drainMark,
                at,
                startsAt,
                expiresAt,
                handedTo,
                optional(in, CompactInput::number),
                optional(in, from -> readSpend(from, at)),
                optional(in, CompactInput::number));
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
        optional(out, claim.terms(), CompactState::write);
        if (out.version() > WITHOUT_OWNERS) {
            optional(out, claim.owner(), CompactOutput::text);
        }
    }

    private static void write(CompactOutput out, Terms terms) {
        optional(out, terms.key(), CompactOutput::text);
        out.number(terms.priority());
        optional(out, terms.upTo(), CompactOutput::number);
        out.flag(terms.onExpiry() == Terms.OnExpiry.REFUND);
    }

    private static Terms readTerms(CompactInput in) {
        return new Terms(
                optional(in, CompactInput::text),
                in.number(),
                optional(in, CompactInput::number),
                in.flag() ? Terms.OnExpiry.REFUND : Terms.OnExpiry.CHARGE);
    }

    private static Claim readClaim(CompactInput in, StateKey key) {
        boolean isOfKey = in.flag();
        UUID leaseId = isOfKey ? leaseId(key) : in.id();
        String limit = isOfKey ? Objects.requireNonNull(key.limit()) : in.text();
        long slots = in.number();
        long leaseMillis = in.number();
        Holder holder = optional(in, from -> new Holder(from.text()));
        List<String> siblings = readTexts(in);
        Terms terms = in.version() > FIRST_VERSION ? optional(in, CompactState::readTerms) : null;
        String owner = in.version() > WITHOUT_OWNERS ? optional(in, CompactInput::text) : null;
        return new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms, owner);
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
        out.text(asker.topic())
                .number(asker.partition())
                .text(asker.key())
                .text(asker.correlationId())
                .number(asker.rules());
    }

    private static Asker readAsker(CompactInput in) {
        String topic = in.text();
        int partition = in.smallNumber();
        String key = in.text();
        String correlationId = in.text();
        return new Asker(topic, partition, key, correlationId, in.version() > FIRST_VERSION ? in.smallNumber() : 0);
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
