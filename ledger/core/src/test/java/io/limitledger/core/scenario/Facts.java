package io.limitledger.core.scenario;

import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.event.CommandRefused;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Bucket;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.UUID;

/**
 * What must be written down on a time line, one line of text for each fact. It says what the fact is about; the numbers
 * of the bucket that it carries are looked at by {@link Outcome#thenOccupied}, and by the laws.
 */
public final class Facts {
    private Facts() {}

    public static String limitCreated() {
        return "LimitCreated";
    }

    public static String limitUpdated() {
        return "LimitUpdated";
    }

    public static String limitDeleted() {
        return "LimitDeleted";
    }

    public static String leaseGranted(String letter) {
        return leaseGranted(letter, 0);
    }

    public static String leaseGranted(String letter, double waitedSeconds) {
        return line("LeaseGranted %s waited %d ms", letter, Names.millis(waitedSeconds));
    }

    public static String leaseDenied(String letter, Denied.Reason reason) {
        return line("LeaseDenied %s %s", letter, reason);
    }

    public static String leaseRenewed(String letter, double untilSeconds) {
        return line("LeaseRenewed %s until %d", letter, Names.at(untilSeconds));
    }

    public static String leasesProlonged(double bySeconds) {
        return line("LeasesProlonged by %d ms", Names.millis(bySeconds));
    }

    public static String leaseReleased(String letter, double freedSlots) {
        return line("LeaseReleased %s freed %s", letter, slots(Math.round(freedSlots * Bucket.MICROS)));
    }

    public static String leaseExpired(String letter, double atSeconds, double freedSlots) {
        return line(
                "LeaseExpired %s at %d freed %s",
                letter, Names.at(atSeconds), slots(Math.round(freedSlots * Bucket.MICROS)));
    }

    public static String slotsReturned(double freedSlots) {
        return line("SlotsReturned freed %s", slots(Math.round(freedSlots * Bucket.MICROS)));
    }

    public static String waiterQueued(String letter, long place) {
        return line("WaiterQueued %s place %d", letter, place);
    }

    public static String waiterLeft(String letter, WaiterLeft.Reason reason) {
        return line("WaiterLeft %s %s", letter, reason);
    }

    public static String acquireCancelled(String letter) {
        return line("AcquireCancelled %s", letter);
    }

    public static String commandRefused(Refused.Reason reason) {
        return line("CommandRefused %s", reason);
    }

    static String line(Fact fact) {
        if (fact instanceof LeaseGranted granted) {
            return line("LeaseGranted %s waited %d ms", letter(granted.lease().leaseId()), granted.waitedMillis());
        }
        if (fact instanceof LeaseDenied denied) {
            return line("LeaseDenied %s %s", letter(denied.leaseId()), denied.reason());
        }
        if (fact instanceof LeaseRenewed renewed) {
            return line("LeaseRenewed %s until %d", letter(renewed.leaseId()), renewed.expiresAt());
        }
        if (fact instanceof LeaseReleased released) {
            return line("LeaseReleased %s freed %s", letter(released.leaseId()), slots(released.freedMicros()));
        }
        if (fact instanceof LeaseExpired expired) {
            return line(
                    "LeaseExpired %s at %d freed %s",
                    letter(expired.leaseId()), expired.expiresAt(), slots(expired.freedMicros()));
        }
        if (fact instanceof SlotsReturned returned) {
            return line("SlotsReturned freed %s", slots(returned.freedMicros()));
        }
        if (fact instanceof WaiterQueued queued) {
            return line(
                    "WaiterQueued %s place %d",
                    letter(queued.waiter().leaseId()), queued.waiter().place());
        }
        if (fact instanceof WaiterLeft left) {
            return line("WaiterLeft %s %s", letter(left.leaseId()), left.reason());
        }
        if (fact instanceof AcquireCancelled cancelled) {
            return line("AcquireCancelled %s", letter(cancelled.leaseId()));
        }
        if (fact instanceof LeasesProlonged prolonged) {
            return line("LeasesProlonged by %d ms", prolonged.byMillis());
        }
        return fact instanceof CommandRefused refused ? line("CommandRefused %s", refused.reason()) : fact.type();
    }

    private static String letter(UUID leaseId) {
        return leaseId.toString().substring(0, 1);
    }

    private static String slots(long micros) {
        return BigDecimal.valueOf(micros, 6).toPlainString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
