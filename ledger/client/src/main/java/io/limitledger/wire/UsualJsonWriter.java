package io.limitledger.wire;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseGranted.FairTurn;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Slice;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the commands, events and replies of which most logs consist, byte for byte as the mapper does, and several times as
 * fast. What is rare, or has text that must be escaped, is left to the mapper, which says what the form is.
 */
final class UsualJsonWriter {
    private final JsonBytes json = new JsonBytes();

    private UsualJsonWriter() {}

    /** Null if it is not of the usual form. */
    static byte @Nullable [] write(LimitCommand command) {
        return new UsualJsonWriter().command(command);
    }

    /** Null if it is not of the usual form. */
    static byte @Nullable [] write(LimitEvent event) {
        return event.aheadMillis() == 0 ? new UsualJsonWriter().event(event) : null;
    }

    /** Null if it is not of the usual form. */
    static byte @Nullable [] write(Reply reply) {
        return new UsualJsonWriter().reply(reply);
    }

    private byte @Nullable [] command(LimitCommand command) {
        json.begin().text("type", command.type());
        if (command.limit() != null) {
            json.text("limit", command.limit());
        }
        if (command instanceof AcquireLease acquire) {
            json.id("leaseId", acquire.leaseId())
                    .number("slots", acquire.slots())
                    .seconds("leaseSeconds", acquire.leaseMillis())
                    .seconds("waitSeconds", acquire.waitMillis());
            if (acquire.takeUpMillis() != null) {
                json.seconds("takeUpSeconds", acquire.takeUpMillis());
            }
            claimed(acquire.holder(), acquire.siblings());
            terms(acquire.claim().terms());
            flagIfTrue("check", acquire.check());
        } else if (command instanceof RenewLease renew) {
            json.id("leaseId", renew.leaseId()).seconds("leaseSeconds", renew.leaseMillis());
            holder(renew.holder());
            textIfAny("owner", renew.owner());
        } else if (command instanceof ReleaseLease release) {
            json.id("leaseId", release.leaseId());
            numberIfAny("used", release.used());
            textIfAny("owner", release.owner());
        } else if (command instanceof SettleLease settle) {
            json.id("leaseId", settle.leaseId()).number("slots", settle.slots());
            textIfAny("owner", settle.owner());
        } else if (!(command instanceof Tick)) {
            return null;
        }
        return json.end().bytes();
    }

    private byte @Nullable [] event(LimitEvent event) {
        Fact fact = event.fact();
        json.begin()
                .text("type", fact.type())
                .text("limit", event.limit())
                .number("number", event.number())
                .time("at", event.at())
                .number("rules", event.rules())
                .number("offset", event.offset());
        textIfAny("by", event.by());
        json.object("fact");
        if (fact instanceof LeaseGranted granted) {
            json.object("lease");
            lease(granted.lease());
            json.end().seconds("waitedSeconds", granted.waitedMillis());
            bucket(granted.bucket());
            FairTurn turn = granted.turn();
            if (turn != null) {
                json.object("turn")
                        .number("from", turn.from())
                        .number("to", turn.to())
                        .end();
            }
        } else if (fact instanceof LeaseReleased released) {
            json.id("leaseId", released.leaseId()).number("freedMicros", released.freedMicros());
            freed(released.bucket(), released.demand(), released.reservations());
        } else if (fact instanceof LeaseExpired expired) {
            json.id("leaseId", expired.leaseId())
                    .time("expiresAt", expired.expiresAt())
                    .number("freedMicros", expired.freedMicros());
            freed(expired.bucket(), expired.demand(), expired.reservations());
            flagIfTrue("refunded", Boolean.TRUE.equals(expired.refunded()));
        } else if (fact instanceof LeaseRenewed renewed) {
            json.id("leaseId", renewed.leaseId()).time("expiresAt", renewed.expiresAt());
            holder(renewed.holder());
        } else if (fact instanceof LeaseDenied denied) {
            json.id("leaseId", denied.leaseId())
                    .number("slots", denied.slots())
                    .text("reason", denied.reason().name())
                    .seconds("retryAfterSeconds", denied.retryAfterMillis());
            holder(denied.holder());
            obstacle(denied.obstacle());
        } else if (fact instanceof LeaseSettled settled) {
            json.object("lease");
            lease(settled.lease());
            json.end().number("freedMicros", settled.freedMicros());
            bucket(settled.bucket());
            reservations(settled.reservations());
        } else {
            return null;
        }
        return json.end().end().bytes();
    }

    private byte @Nullable [] reply(Reply reply) {
        json.begin().text("type", reply.getClass().getSimpleName());
        if (reply instanceof Granted granted) {
            json.object("lease");
            lease(granted.lease());
            json.end();
        } else if (reply instanceof Renewed renewed) {
            json.object("lease");
            lease(renewed.lease());
            json.end();
        } else if (reply instanceof Released released) {
            json.id("leaseId", released.leaseId());
        } else if (reply instanceof Denied denied) {
            json.text("limit", denied.limit())
                    .id("leaseId", denied.leaseId())
                    .text("reason", denied.reason().name())
                    .seconds("retryAfterSeconds", denied.retryAfterMillis());
            obstacle(denied.obstacle());
        } else if (reply instanceof Charged charged) {
            json.object("lease");
            lease(charged.lease());
            json.end();
        } else {
            return null;
        }
        return json.end().bytes();
    }

    private void lease(Lease lease) {
        json.id("leaseId", lease.leaseId())
                .text("limit", lease.limit())
                .number("slots", lease.slots())
                .number("takenMicros", lease.takenMicros())
                .number("drainMark", lease.drainMark())
                .time("acquiredAt", lease.acquiredAt())
                .time("startsAt", lease.startsAt())
                .time("expiresAt", lease.expiresAt())
                .seconds("leaseSeconds", lease.leaseMillis());
        claimed(lease.holder(), lease.siblings());
        Asker asker = lease.handedTo();
        if (asker != null) {
            json.object("handedTo")
                    .text("topic", asker.topic())
                    .number("partition", asker.partition())
                    .text("key", asker.key())
                    .text("correlationId", asker.correlationId())
                    .numberUnlessZero("rules", asker.rules())
                    .end();
        }
        terms(lease.claim().terms());
        numberIfAny("fence", lease.fence());
        spend(lease.spend());
        numberIfAny("used", lease.used());
        textIfAny("owner", lease.claim().owner());
    }

    private void terms(@Nullable Terms terms) {
        if (terms != null) {
            if (terms.key() != null) {
                json.text("key", terms.key());
            }
            json.numberUnlessZero("priority", terms.priority());
            numberIfAny("upTo", terms.upTo());
            if (terms.onExpiry() == Terms.OnExpiry.REFUND) {
                json.text("onExpiry", "refund");
            }
        }
    }

    private void spend(@Nullable Spend spend) {
        if (spend != null) {
            json.object("spend");
            windows("windows", spend.windows());
            if (spend.key() != null) {
                json.text("key", spend.key());
            }
            json.number("keyMicros", spend.keyMicros()).number("keyDrainMark", spend.keyDrainMark());
            windows("keyWindows", spend.keyWindows());
            json.end();
        }
    }

    private void windows(String name, Windows windows) {
        json.object(name);
        all("all", windows.all());
        json.number("epoch", windows.epoch()).end();
    }

    private void all(String name, List<Window> windows) {
        if (!windows.isEmpty()) {
            json.array(name);
            for (Window window : windows) {
                json.element().number("taken", window.taken());
                slices(window);
                json.end();
            }
            json.endArray();
        }
    }

    private void slices(Window window) {
        if (window.size() > 0) {
            json.array("slices");
            for (int index = 0; index < window.size(); index++) {
                Slice slice = window.slice(index);
                json.element()
                        .time("until", slice.until())
                        .number("slots", slice.slots())
                        .end();
            }
            json.endArray();
        }
    }

    private void obstacle(@Nullable Obstacle obstacle) {
        if (obstacle != null) {
            json.object("obstacle").text("scope", obstacle.scope() == Obstacle.Scope.KEY ? "key" : "limit");
            if (obstacle.quota() != null) {
                json.number("quota", (long) obstacle.quota());
            }
            json.end();
        }
    }

    private void numberIfAny(String name, @Nullable Long number) {
        if (number != null) {
            json.number(name, (long) number);
        }
    }

    private void textIfAny(String name, @Nullable String text) {
        if (text != null) {
            json.text(name, text);
        }
    }

    private void flagIfTrue(String name, boolean flag) {
        if (flag) {
            json.raw(name, "true");
        }
    }

    private void claimed(@Nullable Holder holder, List<String> siblings) {
        holder(holder);
        if (!siblings.isEmpty()) {
            json.texts("siblings", siblings);
        }
    }

    private void holder(@Nullable Holder holder) {
        if (holder != null) {
            json.raw("holder", holder.json());
        }
    }

    private void freed(Bucket bucket, Demand demand, @Nullable Reservations reservations) {
        bucket(bucket);
        json.object("demand")
                .number("averageOccupancySeconds", demand.averageOccupancySeconds())
                .number("deniedSlots", demand.deniedSlots())
                .time("deniedAt", demand.deniedAt())
                .end();
        reservations(reservations);
    }

    private void reservations(@Nullable Reservations reservations) {
        if (reservations != null) {
            json.object("reservations")
                    .number("levelMicros", reservations.levelMicros())
                    .number("carryPicos", reservations.carryPicos())
                    .time("at", reservations.at())
                    .number("slots", reservations.slots());
            all("windows", reservations.windows());
            json.end();
        }
    }

    private void bucket(Bucket bucket) {
        json.object("bucket")
                .numberUnlessZero("levelMicros", bucket.levelMicros())
                .numberUnlessZero("drainedMicros", bucket.drainedMicros())
                .numberUnlessZero("carryPicos", bucket.carryPicos())
                .numberUnlessZero("unleasedMicros", bucket.unleasedMicros());
        if (bucket.settledAt() != 0) {
            json.time("settledAt", bucket.settledAt());
        }
        json.end();
    }
}
