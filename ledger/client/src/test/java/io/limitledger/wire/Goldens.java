package io.limitledger.wire;

import static io.limitledger.wire.Golden.full;
import static io.limitledger.wire.Golden.minimal;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.event.CommandRefused;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.KeyDefined;
import io.limitledger.core.event.KeysForgotten;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseGranted.FairTurn;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.event.LimitStayed;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.event.PartAdopted;
import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.KeyStored;
import io.limitledger.core.reply.Moving;
import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Returned;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Absence;
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
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.OffsetChange;
import io.limitledger.core.state.Progress;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Removals;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Retired;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Slice;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Usage;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import io.limitledger.wire.Golden.Kind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One full and one minimal object of everything that the ledger writes. */
final class Goldens {
    private static final String LIMIT = "database";
    private static final String FULL_NAME = "Datenbank Köln 🗄 \"eu-1\"";
    private static final UUID LEASE_ID = UUID.fromString("3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b");
    private static final UUID LIMIT_ID = UUID.fromString("0b0e7c4a-5d3f-4b62-9e91-7f6a2d1c0b9e");
    private static final long T = Instant.parse("2026-11-20T10:15:00.250Z").toEpochMilli();
    private static final Holder HOLDER = new Holder("{\"type\":\"flow_run\",\"id\":7,\"tags\":[\"ü\",null,1.5]}");
    private static final List<String> SIBLINGS = List.of("disk", "network");

    private static final Definition DEFINITION_V1 = new Definition(10, 0.25, true);
    private static final Definition MINIMAL_DEFINITION = new Definition(0, 0, false);
    private static final Bucket FULL_BUCKET = new Bucket(3_500_000, 1_250_000, 333_333, 500_000, T);
    private static final Bucket EMPTY_BUCKET = Bucket.empty(T);
    private static final Demand FULL_DEMAND = new Demand(2.05, 2, T);
    private static final Demand MINIMAL_DEMAND = new Demand(0, 0, T);
    private static final Asker ASKER_V1 = new Asker("limits.replies", 3, "gateway-1", "4x");

    /** As leases were before they could be handed over on trial. */
    private static final Lease LEASE_V1 = new Lease(
            new Claim(LEASE_ID, FULL_NAME, 2, 300_500, HOLDER, SIBLINGS),
            2_000_000,
            1_250_000,
            T,
            T + 40,
            T + 300_540,
            null);

    /** As leases were before they had a fence. */
    private static final Lease LEASE_V2 = new Lease(
            new Claim(LEASE_ID, FULL_NAME, 2, 300_500, HOLDER, SIBLINGS),
            2_000_000,
            1_250_000,
            T,
            T + 40,
            T + 300_540,
            ASKER_V1);

    private static final Lease MINIMAL_LEASE =
            new Lease(new Claim(LEASE_ID, LIMIT, 1, 0, null, List.of()), 0, 0, T, T, T, null);
    /** As waiters were before their claims could name a key. */
    private static final Waiter WAITER_V2 = new Waiter(
            new Claim(LEASE_ID, FULL_NAME, 2, 300_500, HOLDER, SIBLINGS),
            5_250L,
            17,
            T,
            T + 1_500,
            T + 1_250,
            ASKER_V1);
    /** As waiters were before they could be promised a start. */
    private static final Waiter WAITER_V1 = new Waiter(
            new Claim(LEASE_ID, FULL_NAME, 2, 300_500, HOLDER, SIBLINGS), null, 17, T, T + 1_500, null, ASKER_V1);

    private static final Waiter MINIMAL_WAITER =
            new Waiter(new Claim(LEASE_ID, LIMIT, 1, 0, null, List.of()), null, 1, T, T + 1_000, null, null);
    private static final Move MOVE_V1 = new Move(Move.Direction.ARRIVING, "db", 1, 3, ASKER_V1);
    private static final Reservations RESERVATIONS_V1 = new Reservations(9_750_000, 333_333, T + 1_250, 7);
    private static final String HEAD = "0123456789abcdef".repeat(4);
    /** As limits were before they had quotas and keys. */
    private static final SealedLimit STATE_V3 = limit(RESERVATIONS_V1, 5_500, HEAD);
    /** As limits were before their ledger could be away. */
    private static final SealedLimit STATE_V2 = limit(RESERVATIONS_V1, 0, HEAD);

    private static final SealedLimit STATE_V1 = limit(null, 0, null);
    private static final SealedLimit MINIMAL_STATE =
            new SealedLimit(Limit.created(LIMIT, LIMIT_ID, MINIMAL_DEFINITION, T), null);

    private static final Asker ASKER = new Asker("limits.replies", 3, "gateway-1", "4x", 3);
    private static final Quota SLIDING = new Quota(100, new SlidingPeriod(60));
    private static final Quota DAILY = new Quota(
            1_000,
            new CalendarPeriod(
                    CalendarPeriod.Unit.DAY,
                    "Europe/Berlin",
                    8 * 60 + 5,
                    List.of(new OffsetChange(T - 5, 3_600), new OffsetChange(T + 5, 7_200))));
    private static final Queueing QUEUEING = new Queueing(Queueing.Order.FAIR, 50L, Queueing.WhenFull.REPLACE_OLDEST);
    private static final KeyBounds PER_KEY = new KeyBounds(2, 0.5, List.of(SLIDING), 7L, 1);
    private static final KeyOverride OVERRIDE = new KeyOverride(20L, 0.75, List.of(DAILY), 8L, 2.5);
    private static final Definition FULL_DEFINITION =
            new Definition(10, 0.25, true, List.of(SLIDING, DAILY), PER_KEY, QUEUEING);
    private static final Window WINDOW = Window.of(List.of(new Slice(T + 1_000, 2), new Slice(T + 2_000, 3)));
    private static final Windows WINDOWS = new Windows(List.of(WINDOW, WINDOW), 198);
    private static final Terms TERMS = new Terms("customer/42", 30, 9L, Terms.OnExpiry.REFUND);
    private static final String OWNER = "token:ci-deploy";
    /** As claims are in an acquire, and were before they had an owner. */
    private static final Claim ASKED_CLAIM = new Claim(LEASE_ID, FULL_NAME, 2, 300_500, HOLDER, SIBLINGS, TERMS);

    private static final Claim FULL_CLAIM = ASKED_CLAIM.ownedBy(OWNER);
    private static final Spend SPEND = new Spend(WINDOWS, "customer/42", 2_000_000, 1_250_000, WINDOWS);
    private static final Lease FULL_LEASE = lease(FULL_CLAIM);
    private static final Waiter FULL_WAITER = waiter(FULL_CLAIM);
    private static final Lease LEASE_V3 = lease(ASKED_CLAIM);
    private static final Waiter WAITER_V3 = waiter(ASKED_CLAIM);
    private static final KeyUse FULL_KEY_USE =
            new KeyUse(FULL_NAME, "customer/42", FULL_BUCKET, WINDOWS, 2, 1, 20_000, OVERRIDE);
    private static final KeyUse MINIMAL_KEY_USE = new KeyUse(LIMIT, "a", EMPTY_BUCKET, Windows.EMPTY, 0, 0, 0, null);
    private static final Reservations RESERVATIONS =
            new Reservations(9_750_000, 333_333, T + 1_250, 7, List.of(WINDOW, WINDOW));
    private static final Move FULL_MOVE = new Move(Move.Direction.ARRIVING, "db", 1, 3, ASKER, OWNER);
    private static final Obstacle OBSTACLE = new Obstacle(Obstacle.Scope.KEY, 1);
    private static final SealedLimit FULL_STATE = limit(FULL_MOVE);
    /** As limits were before it was known who renames them. */
    private static final SealedLimit STATE_V4 = limit(new Move(Move.Direction.ARRIVING, "db", 1, 3, ASKER));

    private Goldens() {}

    private static Lease lease(Claim claim) {
        return new Lease(claim, 2_000_000, 1_250_000, T, T + 40, T + 300_540, ASKER, 3_244_033L, SPEND, 1L);
    }

    private static Waiter waiter(Claim claim) {
        return new Waiter(claim, 5_250L, 17, T, T + 1_500, T + 1_250, ASKER);
    }

    private static SealedLimit limit(Move move) {
        return new SealedLimit(
                new Limit(
                        FULL_NAME,
                        LIMIT_ID,
                        FULL_DEFINITION,
                        new Usage(FULL_BUCKET, WINDOWS, 20_000, FULL_DEMAND, RESERVATIONS, 4, 3, 2),
                        new Progress(18, 5_500, 3_244_033, T, T + 1, T + 2, 42, 5, move, 99)),
                HEAD);
    }

    private static SealedLimit limit(@Nullable Reservations reservations, long prolongedMillis, @Nullable String head) {
        Limit limit = new Limit(
                FULL_NAME,
                LIMIT_ID,
                DEFINITION_V1,
                new Usage(FULL_BUCKET, Windows.EMPTY, 0, FULL_DEMAND, reservations, 4, 3, 2),
                new Progress(18, prolongedMillis, 0, T, T + 1, T + 2, 42, 5, MOVE_V1, 99));
        return new SealedLimit(limit, head);
    }

    static List<Golden> all() {
        return Stream.of(commands(), events(), replies(), state(), before())
                .flatMap(List::stream)
                .toList();
    }

    static List<Golden> commands() {
        return List.of(
                full(Kind.COMMAND, 3, new AcquireLease(ASKED_CLAIM, 1_250, 5_250L, true)),
                minimal(Kind.COMMAND, new AcquireLease(LIMIT, LEASE_ID, 1, 0, 0, null, List.of())),
                full(
                        Kind.COMMAND,
                        5,
                        new AdoptLimit(
                                "db",
                                FULL_STATE,
                                1,
                                3,
                                List.of(FULL_LEASE),
                                List.of(FULL_WAITER),
                                List.of(FULL_KEY_USE))),
                minimal(Kind.COMMAND, new AdoptLimit("db", MINIMAL_STATE, 0, 1, List.of(), List.of())),
                full(Kind.COMMAND, 2, new FinishRename(FULL_NAME, "db", LIMIT_ID, true, 5L)),
                minimal(Kind.COMMAND, new FinishRename(LIMIT, "db", LIMIT_ID, false, null)),
                full(Kind.COMMAND, new Heartbeat()),
                minimal(Kind.COMMAND, new Heartbeat()),
                full(Kind.COMMAND, new RenameLimit(FULL_NAME, "db")),
                minimal(Kind.COMMAND, new RenameLimit(LIMIT, "db")),
                full(Kind.COMMAND, 2, new CancelAcquire(FULL_NAME, LEASE_ID, OWNER)),
                minimal(Kind.COMMAND, new CancelAcquire(null, LEASE_ID)),
                full(Kind.COMMAND, new DeleteLimit(FULL_NAME)),
                minimal(Kind.COMMAND, new DeleteLimit(LIMIT)),
                full(Kind.COMMAND, 2, new PutLimit(FULL_NAME, FULL_DEFINITION, LIMIT_ID, true)),
                minimal(Kind.COMMAND, new PutLimit(LIMIT, MINIMAL_DEFINITION, null, false)),
                full(Kind.COMMAND, 3, new ReleaseLease(FULL_NAME, LEASE_ID, 1L, OWNER)),
                minimal(Kind.COMMAND, new ReleaseLease(null, LEASE_ID)),
                full(Kind.COMMAND, 2, new RenewLease(FULL_NAME, LEASE_ID, 60_001, HOLDER, OWNER)),
                minimal(Kind.COMMAND, new RenewLease(null, LEASE_ID, 0, null)),
                full(Kind.COMMAND, new ReturnSlots(FULL_NAME, 2, 1_250)),
                minimal(Kind.COMMAND, new ReturnSlots(LIMIT, 1, 0)),
                full(Kind.COMMAND, new TakeSlots(FULL_NAME, LEASE_ID, 2, HOLDER)),
                minimal(Kind.COMMAND, new TakeSlots(LIMIT, LEASE_ID, 1, null)),
                full(Kind.COMMAND, new Tick(FULL_NAME)),
                minimal(Kind.COMMAND, new Tick(LIMIT)),
                full(
                        Kind.COMMAND,
                        2,
                        new UpdateLimit(
                                FULL_NAME,
                                new DefinitionChange(
                                        10L,
                                        0.25,
                                        true,
                                        3L,
                                        2L,
                                        List.of(SLIDING, DAILY),
                                        PER_KEY,
                                        Queueing.Order.FAIR,
                                        50L,
                                        Queueing.WhenFull.REPLACE_OLDEST))),
                full(Kind.COMMAND, new DefineKey(FULL_NAME, "customer/42", OVERRIDE)),
                minimal(Kind.COMMAND, new DefineKey(LIMIT, "a", null)),
                full(Kind.COMMAND, 2, new SettleLease(FULL_NAME, LEASE_ID, 812, OWNER)),
                minimal(Kind.COMMAND, new SettleLease(null, LEASE_ID, 0)),
                minimal(Kind.COMMAND, new UpdateLimit(LIMIT, new DefinitionChange(null, null, null, null, null))));
    }

    static List<Golden> events() {
        return Stream.concat(
                        fullEvents(FULL_LEASE, FULL_WAITER, FULL_STATE, Goldens::fullNamedEvent).stream(),
                        minimalEvents().stream())
                .toList();
    }

    /** A version of the form in which an event is written. */
    private interface FullEvent {
        Golden of(int version, Fact fact);
    }

    private static List<Golden> fullEvents(Lease lease, Waiter waiter, SealedLimit limit, FullEvent event) {
        return List.of(
                event.of(2, new AcquireCancelled(LEASE_ID)),
                event.of(2, new CommandRefused("RenewLease", LEASE_ID, Refused.Reason.LEASE_GONE)),
                event.of(2, new LeaseRenewed(LEASE_ID, T + 60_001, HOLDER)),
                event.of(2, new LeasesProlonged(12_345)),
                event.of(2, new LimitLeft("db")),
                event.of(2, new LimitStayed("db")),
                event.of(2, new LimitDeleted()),
                event.of(3, new LeaseDenied(LEASE_ID, 2, Denied.Reason.KEY, 30_000, HOLDER, OBSTACLE)),
                event.of(
                        4,
                        new LeaseExpired(
                                LEASE_ID, T + 300_540, 1_999_999, FULL_BUCKET, FULL_DEMAND, RESERVATIONS, true)),
                event.of(4, new LeaseGranted(lease, 1_234, FULL_BUCKET, new FairTurn(10_000, 20_000))),
                event.of(4, new LeaseReleased(LEASE_ID, 1_999_999, FULL_BUCKET, FULL_DEMAND, RESERVATIONS)),
                event.of(5, new LimitAdopted("db", limit, List.of(lease), List.of(waiter), List.of(FULL_KEY_USE))),
                event.of(3, new LimitLeaving("db", ASKER)),
                event.of(4, new PartAdopted(List.of(lease), List.of(waiter), List.of(FULL_KEY_USE))),
                event.of(3, new LimitCreated(LIMIT_ID, FULL_DEFINITION, 3_244_033L)),
                event.of(4, new LimitUpdated(FULL_DEFINITION, FULL_BUCKET, FULL_DEMAND, RESERVATIONS)),
                event.of(4, new SlotsReturned(1_999_999, FULL_BUCKET, FULL_DEMAND, RESERVATIONS)),
                event.of(4, new WaiterLeft(LEASE_ID, WaiterLeft.Reason.REPLACED, 1_250L, RESERVATIONS)),
                event.of(4, new WaiterQueued(waiter, RESERVATIONS, 10_000L)),
                event.of(1, new LeaseSettled(lease, -1_999_999, FULL_BUCKET, RESERVATIONS)),
                event.of(1, new KeyDefined("customer/42", OVERRIDE)),
                event.of(1, new KeysForgotten(List.of("customer/42", "a"))));
    }

    private static List<Golden> minimalEvents() {
        return List.of(
                minimalEvent(new LeaseSettled(MINIMAL_LEASE, 0, EMPTY_BUCKET, null)),
                minimalEvent(new KeyDefined("a", null)),
                minimalEvent(new KeysForgotten(List.of())),
                minimalEvent(new AcquireCancelled(LEASE_ID)),
                minimalEvent(new CommandRefused("PutLimit", null, Refused.Reason.LIMIT_EXISTS)),
                minimalEvent(new LeaseDenied(LEASE_ID, 1, Denied.Reason.PAUSED, 1, null)),
                minimalEvent(new LeaseExpired(LEASE_ID, T, 0, EMPTY_BUCKET, MINIMAL_DEMAND, null)),
                minimalEvent(new LeaseGranted(MINIMAL_LEASE, 0, EMPTY_BUCKET)),
                minimalEvent(new LeaseReleased(LEASE_ID, 0, EMPTY_BUCKET, MINIMAL_DEMAND, null)),
                minimalEvent(new LeaseRenewed(LEASE_ID, T, null)),
                minimalEvent(new LeasesProlonged(1)),
                minimalEvent(new LimitAdopted("db", MINIMAL_STATE, List.of(), List.of())),
                minimalEvent(new LimitLeaving("db", null)),
                minimalEvent(new LimitLeft("db")),
                minimalEvent(new LimitStayed("db")),
                minimalEvent(new PartAdopted(List.of(), List.of())),
                minimalEvent(new LimitCreated(LIMIT_ID, MINIMAL_DEFINITION)),
                minimalEvent(new LimitDeleted()),
                minimalEvent(new LimitUpdated(MINIMAL_DEFINITION, EMPTY_BUCKET, MINIMAL_DEMAND, null)),
                minimalEvent(new SlotsReturned(0, EMPTY_BUCKET, MINIMAL_DEMAND, null)),
                minimalEvent(new WaiterLeft(LEASE_ID, WaiterLeft.Reason.CANCELLED, null, null)),
                minimalEvent(new WaiterQueued(MINIMAL_WAITER, null)));
    }

    /** What was full before it was known who causes an event. */
    private static List<Golden> eventsBeforeNames() {
        return fullEvents(LEASE_V3, WAITER_V3, STATE_V4, Goldens::fullSteppedEvent);
    }

    /** What was full before limits had quotas and keys. */
    private static List<Golden> eventsBeforeQuotas() {
        return List.of(
                fullSteppedEvent(2, new LeaseDenied(LEASE_ID, 2, Denied.Reason.FULL, 30_000, HOLDER)),
                fullSteppedEvent(
                        3,
                        new LeaseExpired(LEASE_ID, T + 300_540, 1_999_999, FULL_BUCKET, FULL_DEMAND, RESERVATIONS_V1)),
                fullSteppedEvent(3, new LeaseGranted(LEASE_V2, 1_234, FULL_BUCKET)),
                fullSteppedEvent(3, new LeaseReleased(LEASE_ID, 1_999_999, FULL_BUCKET, FULL_DEMAND, RESERVATIONS_V1)),
                fullSteppedEvent(4, new LimitAdopted("db", STATE_V3, List.of(LEASE_V2), List.of(WAITER_V2))),
                fullSteppedEvent(2, new LimitLeaving("db", ASKER_V1)),
                fullSteppedEvent(3, new PartAdopted(List.of(LEASE_V2), List.of(WAITER_V2))),
                fullSteppedEvent(2, new LimitCreated(LIMIT_ID, DEFINITION_V1)),
                fullSteppedEvent(3, new LimitUpdated(DEFINITION_V1, FULL_BUCKET, FULL_DEMAND, RESERVATIONS_V1)),
                fullSteppedEvent(3, new SlotsReturned(1_999_999, FULL_BUCKET, FULL_DEMAND, RESERVATIONS_V1)),
                fullSteppedEvent(3, new WaiterLeft(LEASE_ID, WaiterLeft.Reason.CAN_NEVER_FIT, 1_250L, RESERVATIONS_V1)),
                fullSteppedEvent(3, new WaiterQueued(WAITER_V2, RESERVATIONS_V1)));
    }

    static List<Golden> replies() {
        return List.of(
                full(Kind.REPLY, new Cancelled(LEASE_ID)),
                minimal(Kind.REPLY, new Cancelled(LEASE_ID)),
                full(Kind.REPLY, new Deleted(FULL_NAME)),
                minimal(Kind.REPLY, new Deleted(LIMIT)),
                full(Kind.REPLY, 2, new Denied(FULL_NAME, LEASE_ID, Denied.Reason.QUOTA, 2_500, OBSTACLE)),
                minimal(Kind.REPLY, new Denied(LIMIT, LEASE_ID, Denied.Reason.PAUSED, 1)),
                full(Kind.REPLY, 4, new Granted(FULL_LEASE)),
                minimal(Kind.REPLY, new Granted(MINIMAL_LEASE)),
                full(Kind.REPLY, new Moving(FULL_NAME, "db")),
                minimal(Kind.REPLY, new Moving(LIMIT, "db")),
                full(Kind.REPLY, new Renamed(FULL_NAME, "db")),
                minimal(Kind.REPLY, new Renamed(LIMIT, "db")),
                full(Kind.REPLY, 2, new Queued(FULL_NAME, LEASE_ID, 7, T + 1_250, OBSTACLE, T + 900)),
                minimal(Kind.REPLY, new Queued(LIMIT, LEASE_ID, 0, T)),
                full(
                        Kind.REPLY,
                        new Refused(
                                Refused.Reason.INVALID_COMMAND,
                                "Expected a valid AcquireLease, but slots: Expected 1 to 2147483647, but got 0",
                                List.of(new InvalidField("slots", "Expected 1 to 2147483647, but got 0")))),
                minimal(Kind.REPLY, new Refused(Refused.Reason.LEASE_GONE, "Expected a lease, but it is gone", null)),
                full(Kind.REPLY, new Released(LEASE_ID)),
                minimal(Kind.REPLY, new Released(LEASE_ID)),
                full(Kind.REPLY, 4, new Renewed(FULL_LEASE)),
                full(Kind.REPLY, 2, new Charged(FULL_LEASE)),
                minimal(Kind.REPLY, new Charged(MINIMAL_LEASE)),
                full(
                        Kind.REPLY,
                        new Checked(
                                FULL_NAME,
                                LEASE_ID,
                                new Denied(FULL_NAME, LEASE_ID, Denied.Reason.QUOTA, 2_500, OBSTACLE))),
                minimal(Kind.REPLY, new Checked(LIMIT, LEASE_ID, null)),
                full(Kind.REPLY, new KeyStored(FULL_NAME, "customer/42", OVERRIDE)),
                minimal(Kind.REPLY, new KeyStored(LIMIT, "a", null)),
                minimal(Kind.REPLY, new Renewed(MINIMAL_LEASE)),
                full(Kind.REPLY, new Returned(FULL_NAME, 1_999_999)),
                minimal(Kind.REPLY, new Returned(LIMIT, 0)),
                full(Kind.REPLY, new Settled(FULL_NAME)),
                minimal(Kind.REPLY, new Settled(LIMIT)),
                full(Kind.REPLY, 5, new Stored(FULL_STATE.limit(), true)),
                minimal(Kind.REPLY, new Stored(MINIMAL_STATE.limit(), false)));
    }

    static List<Golden> state() {
        return List.of(
                full(Kind.STATE, 5, new EndedLease(LEASE_ID, FULL_NAME, EndedLease.How.UNLEASED, T, FULL_LEASE)),
                minimal(Kind.STATE, 3, new EndedLease(LEASE_ID, LIMIT, EndedLease.How.RELEASED, T, null)),
                full(Kind.STATE, 2, new LeaseClock(T, List.of(new Absence(T - 9_000, T - 5_500)), 3_600_001, T + 5)),
                minimal(Kind.STATE, LeaseClock.RESTING),
                full(Kind.STATE, 2, new Removals(99, List.of(new Retired(LIMIT_ID, 5)), 3_244_033)),
                minimal(Kind.STATE, new Removals(0, List.of(), 0)),
                full(Kind.STATE, FULL_KEY_USE),
                minimal(Kind.STATE, MINIMAL_KEY_USE),
                full(Kind.STATE, 5, FULL_LEASE),
                minimal(Kind.STATE, 3, MINIMAL_LEASE),
                full(Kind.STATE, 5, FULL_STATE),
                minimal(Kind.STATE, MINIMAL_STATE),
                full(Kind.STATE, 5, FULL_WAITER),
                minimal(Kind.STATE, 3, MINIMAL_WAITER));
    }

    /** What was full before fields were added. */
    static List<Golden> before() {
        return Stream.of(
                        eventsBeforeNames(),
                        eventsBeforeSteps(),
                        eventsBeforeQuotas(),
                        beforeOwners(),
                        beforeQuotas(),
                        beforeSteps())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Golden> beforeOwners() {
        return List.of(
                full(
                        Kind.COMMAND,
                        4,
                        new AdoptLimit(
                                "db", STATE_V4, 1, 3, List.of(LEASE_V3), List.of(WAITER_V3), List.of(FULL_KEY_USE))),
                full(Kind.COMMAND, new CancelAcquire(FULL_NAME, LEASE_ID)),
                full(Kind.COMMAND, 2, new ReleaseLease(FULL_NAME, LEASE_ID, 1L)),
                full(Kind.COMMAND, new RenewLease(FULL_NAME, LEASE_ID, 60_001, HOLDER)),
                full(Kind.COMMAND, new SettleLease(FULL_NAME, LEASE_ID, 812)),
                full(Kind.REPLY, 3, new Granted(LEASE_V3)),
                full(Kind.REPLY, 3, new Renewed(LEASE_V3)),
                full(Kind.REPLY, new Charged(LEASE_V3)),
                full(Kind.REPLY, 4, new Stored(STATE_V4.limit(), true)),
                full(Kind.STATE, 4, new EndedLease(LEASE_ID, FULL_NAME, EndedLease.How.UNLEASED, T, LEASE_V3)),
                full(Kind.STATE, 4, LEASE_V3),
                full(Kind.STATE, 4, STATE_V4),
                full(Kind.STATE, 4, WAITER_V3));
    }

    private static List<Golden> beforeQuotas() {
        return List.of(
                full(
                        Kind.COMMAND,
                        2,
                        new AcquireLease(new Claim(LEASE_ID, FULL_NAME, 2, 300_500, HOLDER, SIBLINGS), 1_250, 5_250L)),
                full(Kind.COMMAND, 3, new AdoptLimit("db", STATE_V3, 1, 3, List.of(LEASE_V2), List.of(WAITER_V2))),
                full(Kind.COMMAND, new PutLimit(FULL_NAME, DEFINITION_V1, LIMIT_ID, true)),
                full(Kind.COMMAND, new ReleaseLease(FULL_NAME, LEASE_ID)),
                full(Kind.COMMAND, new UpdateLimit(FULL_NAME, new DefinitionChange(10L, 0.25, true, 3L, 2L))),
                full(Kind.REPLY, new Denied(FULL_NAME, LEASE_ID, Denied.Reason.TIMED_OUT, 2_500)),
                full(Kind.REPLY, 2, new Granted(LEASE_V2)),
                full(Kind.REPLY, 2, new Renewed(LEASE_V2)),
                full(Kind.REPLY, new Queued(FULL_NAME, LEASE_ID, 7, T + 1_250)),
                full(Kind.REPLY, 3, new Stored(STATE_V3.limit(), true)),
                full(Kind.STATE, 3, new EndedLease(LEASE_ID, FULL_NAME, EndedLease.How.UNLEASED, T, LEASE_V2)),
                full(Kind.STATE, new Removals(99, List.of(new Retired(LIMIT_ID, 5)), 0)),
                full(Kind.STATE, 3, LEASE_V2),
                full(Kind.STATE, 3, STATE_V3),
                full(Kind.STATE, 3, WAITER_V2));
    }

    private static List<Golden> beforeSteps() {
        return List.of(
                full(Kind.STATE, new LeaseClock(T, List.of(new Absence(T - 9_000, T - 5_500)))),
                full(Kind.COMMAND, 2, new AdoptLimit("db", STATE_V2, 1, 3, List.of(LEASE_V2), List.of(WAITER_V2))),
                fullEvent(2, new LimitAdopted("db", STATE_V2, List.of(LEASE_V2), List.of(WAITER_V2))),
                full(Kind.REPLY, 2, new Stored(STATE_V2.limit(), true)),
                full(Kind.STATE, 2, STATE_V2),
                full(Kind.COMMAND, new AcquireLease(FULL_NAME, LEASE_ID, 2, 300_500, 1_250, HOLDER, SIBLINGS)),
                full(Kind.COMMAND, new AdoptLimit("db", STATE_V1, 1, 3, List.of(LEASE_V1), List.of(WAITER_V1))),
                full(Kind.COMMAND, new FinishRename(FULL_NAME, "db", LIMIT_ID, true, null)),
                fullEvent(new LeaseExpired(LEASE_ID, T + 300_540, 1_999_999, FULL_BUCKET, FULL_DEMAND, null)),
                fullEvent(new LeaseReleased(LEASE_ID, 1_999_999, FULL_BUCKET, FULL_DEMAND, null)),
                fullEvent(new LimitAdopted("db", STATE_V1, List.of(LEASE_V1), List.of(WAITER_V1))),
                fullEvent(new PartAdopted(List.of(LEASE_V1), List.of(WAITER_V1))),
                fullEvent(new LimitUpdated(DEFINITION_V1, FULL_BUCKET, FULL_DEMAND, null)),
                fullEvent(new SlotsReturned(1_999_999, FULL_BUCKET, FULL_DEMAND, null)),
                fullEvent(new WaiterLeft(LEASE_ID, WaiterLeft.Reason.CAN_NEVER_FIT, null, null)),
                fullEvent(new WaiterQueued(WAITER_V1, null)),
                full(Kind.REPLY, new Stored(STATE_V1.limit(), true)),
                fullEvent(new LeaseGranted(LEASE_V1, 1_234, FULL_BUCKET)),
                full(Kind.REPLY, new Granted(LEASE_V1)),
                full(Kind.REPLY, new Renewed(LEASE_V1)),
                full(Kind.STATE, STATE_V1));
    }

    /** The classes that must have golden files. */
    static List<Class<?>> typesOf(Kind kind) {
        return switch (kind) {
            case COMMAND -> List.of(LimitCommand.class.getPermittedSubclasses());
            case EVENT -> List.of(Fact.class.getPermittedSubclasses());
            case REPLY -> List.of(Reply.class.getPermittedSubclasses());
            case STATE ->
                List.of(
                        Limit.class,
                        KeyUse.class,
                        Lease.class,
                        Waiter.class,
                        EndedLease.class,
                        Removals.class,
                        LeaseClock.class);
        };
    }

    private static Golden fullEvent(Fact fact) {
        return fullEvent(1, fact);
    }

    private static Golden fullEvent(int version, Fact fact) {
        return Golden.full(Kind.EVENT, version, new LimitEvent(FULL_NAME, 42, T, 1, 99, fact));
    }

    private static Golden fullSteppedEvent(int version, Fact fact) {
        return Golden.full(Kind.EVENT, version, new LimitEvent(FULL_NAME, 42, T, 1, 99, 3_600_001, fact));
    }

    /** In the version after the one before names. */
    private static Golden fullNamedEvent(int version, Fact fact) {
        LimitEvent event = new LimitEvent(FULL_NAME, 42, T, 1, 99, 3_600_001, OWNER, fact);
        return Golden.full(Kind.EVENT, version + 1, event);
    }

    /** As events were before they said whether the broker's clock had stepped back. */
    private static List<Golden> eventsBeforeSteps() {
        Stream<Golden> unchanged =
                eventsBeforeNames().stream().filter(golden -> golden.version() > 1 && isUnchanged(golden));
        return Stream.concat(unchanged, eventsBeforeQuotas().stream())
                .map(golden -> fullEvent(golden.version() - 1, ((LimitEvent) golden.value()).fact()))
                .toList();
    }

    private static boolean isUnchanged(Golden event) {
        return eventsBeforeQuotas().stream().noneMatch(before -> before.type().equals(event.type()));
    }

    private static Golden minimalEvent(Fact fact) {
        return Golden.minimal(Kind.EVENT, new LimitEvent(LIMIT, 1, T, 1, 0, fact));
    }
}
