package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.ThirdRules;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The log says who did what, and names decide nothing but whose a lease is. */
class OwnerLawsTest {
    private static final String ALICE = "alice";

    @Test
    void eventsAloneRestoreWhoOwnsWhat() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            World replica = new World();
            for (LogEntry entry : RandomLog.named(log)) {
                world.decide(entry).events().forEach(replica::apply);
                assertThat(replica.copy()).as("after #%d", entry.offset()).isEqualTo(world.copy());
            }
        });
    }

    @Test
    void aRestartForgetsNoOwner() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            List<LogEntry> named = RandomLog.named(log);
            List<Decision> undisturbed = World.decideAll(named);
            World world = new World();
            for (int index = 0; index < named.size(); index++) {
                assertThat(world.decide(named.get(index))).isEqualTo(undisturbed.get(index));
                world.restart();
            }
        });
    }

    /** What a command for the leases of one owner touches is that owner's, or no one's. */
    @Test
    void aCommandForOneOwnerTouchesNoOthers() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : RandomLog.named(log)) {
                String owner = condition(entry.command());
                UUID leaseId = entry.command().leaseId();
                List<Claim> protectedClaims =
                        owner == null || leaseId == null ? List.of() : claims(world, leaseId, owner);
                Decision decision = world.decide(entry);
                for (Claim claim : protectedClaims) {
                    assertThat(decision.events())
                            .as("#%d", entry.offset())
                            .noneMatch(event -> event.limit().equals(claim.limit()) && touches(event, leaseId));
                }
            }
        });
    }

    /** Neither does it learn of them. */
    @Test
    void noReplyShowsALeaseOfAnotherOwnerToACommandForOne() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : RandomLog.named(log)) {
                Decision decision = world.decide(entry);
                String owner = condition(entry.command());
                if (owner != null && decision.reply() instanceof Granted granted) {
                    assertThat(granted.lease().claim().mayBeTouchedFor(owner)).isTrue();
                }
            }
        });
    }

    @Test
    void anAcquireGetsNoLeaseOfAnotherOwner() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : RandomLog.named(log)) {
                Decision decision = world.decide(entry);
                if (!(entry.command() instanceof CancelAcquire)
                        && decision.reply() instanceof Granted granted
                        && granted.lease().claim().owner() != null) {
                    assertThat(granted.lease().claim().owner()).isEqualTo(entry.by());
                }
            }
        });
    }

    @Test
    void anEventNamesTheSenderOfItsCommandUnlessItFellDueByItself() {
        Laws.holdWithModel(Mix.EVERYTHING.withoutRenames(), log -> {
            World world = new World();
            for (LogEntry entry : RandomLog.named(log)) {
                for (LimitEvent event : world.decide(entry).events()) {
                    boolean fellDue = event.fact() instanceof LeaseExpired
                            || event.fact() instanceof LeasesProlonged
                            || (event.fact() instanceof WaiterLeft left && hasFallenDue(left));
                    if (fellDue) {
                        assertThat(event.by()).isNull();
                    } else if (event.by() != null) {
                        assertThat(event.by()).isEqualTo(entry.by());
                    }
                }
            }
        });
    }

    /** Where one principal sends all, and for itself, nothing is decided otherwise than where none is named. */
    @Test
    void namesAloneChangeNothingElse() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World named = new World();
            World unnamed = new World();
            for (LogEntry entry : log) {
                LimitCommand command = entry.command().ifOwnedBy(ALICE);
                Decision one =
                        named.decide(new LogEntry(command, entry.timestamp(), entry.offset(), entry.asker(), ALICE));
                assertThat(withoutNames(one)).isEqualTo(withoutNames(unnamed.decide(entry)));
            }
        });
    }

    @Test
    void olderRulesKnowNoNames() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World named = new World(new ThirdRules());
            World unnamed = new World(new ThirdRules());
            for (LogEntry entry : log) {
                LogEntry sent = new LogEntry(entry.command(), entry.timestamp(), entry.offset(), entry.asker(), ALICE);
                assertThat(named.decide(sent)).isEqualTo(unnamed.decide(entry));
            }
            assertThat(named.copy()).isEqualTo(unnamed.copy());
        });
    }

    private static boolean hasFallenDue(WaiterLeft left) {
        return left.reason() == WaiterLeft.Reason.TIMED_OUT || left.reason() == WaiterLeft.Reason.ABANDONED;
    }

    private static @Nullable String condition(LimitCommand command) {
        if (command instanceof RenewLease renew) {
            return renew.owner();
        }
        if (command instanceof SettleLease settle) {
            return settle.owner();
        }
        if (command instanceof ReleaseLease release) {
            return release.owner();
        }
        return command instanceof CancelAcquire cancel ? cancel.owner() : null;
    }

    /** What is held, waited for or remembered under an id, and is another owner's. */
    private static List<Claim> claims(World world, UUID leaseId, String owner) {
        return world.limits().stream()
                .map(limit -> claim(world, limit.name(), leaseId))
                .filter(Objects::nonNull)
                .filter(claim -> claim.owner() != null && !claim.owner().equals(owner))
                .toList();
    }

    private static @Nullable Claim claim(World world, String limit, UUID leaseId) {
        Lease lease = world.records.lease(limit, leaseId);
        Waiter waiter = world.records.waiter(limit, leaseId);
        EndedLease ended = world.records.ended(limit, leaseId);
        if (lease != null || waiter != null) {
            return lease != null ? lease.claim() : waiter.claim();
        }
        return ended == null || ended.grant() == null ? null : ended.grant().claim();
    }

    private static boolean touches(LimitEvent event, UUID leaseId) {
        return (event.fact() instanceof LeaseReleased released
                        && released.leaseId().equals(leaseId))
                || (event.fact() instanceof LeaseRenewed renewed
                        && renewed.leaseId().equals(leaseId))
                || (event.fact() instanceof LeaseSettled settled
                        && settled.lease().leaseId().equals(leaseId))
                || (event.fact() instanceof WaiterLeft left
                        && left.reason() == WaiterLeft.Reason.CANCELLED
                        && left.leaseId().equals(leaseId));
    }

    /** Texts show neither owners nor names. */
    private static String withoutNames(Decision decision) {
        return decision.toString().replaceAll("(owner|by)=(alice|null)", "$1");
    }
}
