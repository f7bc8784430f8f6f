package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Terms;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Acquisition.Part;
import io.limitledger.wire.LeaseIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an acquire asks for, on one limit or on several, checked.
 *
 * @param isCheck whether it is only a question, and nothing is taken
 * @param given the lease id that the client chose; null if it left that to the gateway
 */
record AcquireBody(
        Acquisition acquisition, boolean isCheck, @Nullable UUID given) {
    static final long DEFAULT_LEASE_MILLIS = 5L * 60 * 1_000;

    private static final String LIMITS = "limits";
    private static final String WAIT_SECONDS = "waitSeconds";

    /** Stands for a name that is missing, so that all else can still be checked. */
    private static final String ANY_NAME = "any";

    /** What is asked for otherwise than all slots or none. */
    private enum Mode {
        CHECK,
        UP_TO
    }

    /** On the limit of this name. */
    static AcquireBody ofOne(String limit, JsonBody body) {
        Common common = Common.of(body);
        Part part = common.part(limit, common.slots(), common.key());
        UUID leaseId = common.given() == null ? LeaseIds.newFor(limit) : common.given();
        Claim claim =
                new Claim(leaseId, limit, part.slots(), common.leaseMillis(), common.holder(), List.of(), part.terms());
        AcquireLease acquire = Valid.command(new AcquireLease(claim, common.waitMillis(), null), body);
        return new AcquireBody(Acquisition.of(acquire), common.isCheck(), common.given());
    }

    /** On those that the body names. */
    static AcquireBody ofSeveral(JsonBody body) {
        List<JsonNode> limits = body.requiredElements(
                LIMITS,
                "an array of names, or of objects with name, slots and key",
                limit -> limit.isTextual() || limit.isObject());
        Common common = Common.of(body);
        List<Part> parts = IntStream.range(0, limits.size())
                .mapToObj(index -> part(index, limits.get(index), common, body))
                .toList();
        Acquisition asked = Acquisition.of(parts, common.leaseMillis(), common.waitMillis(), common.holder());
        Acquisition acquisition = common.given() == null ? asked : asked.withId(common.given());
        Valid.fields(mistakes(acquisition), body);
        return new AcquireBody(acquisition, common.isCheck(), common.given());
    }

    /** What is not said of one limit is said of all. */
    private static Part part(int index, JsonNode limit, Common common, JsonBody body) {
        if (limit.isTextual()) {
            return common.part(limit.textValue(), common.slots(), common.key());
        }
        JsonBody one = body.element(LIMITS, index, limit);
        String name = one.requiredText("name");
        long slots = one.wholeNumber("slots", common.slots());
        String key = one.has("key") ? one.text("key") : common.key();
        return common.part(name.isEmpty() && !one.mistakes().isEmpty() ? ANY_NAME : name, slots, key);
    }

    private static List<InvalidField> mistakes(Acquisition acquisition) {
        List<InvalidField> mistakes = new ArrayList<>(acquisition.invalidFields());
        acquisition.names().stream()
                .filter(Valid::isReserved)
                .forEach(name -> mistakes.add(Valid.reserved(LIMITS, name)));
        return mistakes;
    }

    /** What a body says once, however many limits it names. */
    private record Common(
            long slots,
            long leaseMillis,
            long waitMillis,
            @Nullable UUID given,
            @Nullable Holder holder,
            @Nullable String key,
            long priority,
            Terms.@Nullable OnExpiry onExpiry,
            @Nullable Mode mode) {
        static Common of(JsonBody body) {
            Common common = new Common(
                    body.wholeNumber("slots", 1),
                    body.seconds("leaseSeconds", DEFAULT_LEASE_MILLIS),
                    body.seconds(WAIT_SECONDS, 0),
                    body.id(LeaseAnswers.LEASE_ID),
                    body.holder("holder"),
                    body.text("key"),
                    body.wholeNumber("priority", 0),
                    body.oneOf("onExpiry", Terms.OnExpiry.class),
                    body.oneOf("mode", Mode.class));
            common.checkMode(body);
            return common;
        }

        /** What makes no sense together. */
        private void checkMode(JsonBody body) {
            if (isCheck() && waitMillis > 0) {
                body.mistake(
                        WAIT_SECONDS,
                        "Expected no wait beside mode 'check', which answers at once; leave one of them out");
            }
            if (isCheck() && given != null) {
                body.mistake(
                        LeaseAnswers.LEASE_ID,
                        "Expected no lease id beside mode 'check', which takes nothing; leave one of them out");
            }
            if (onExpiry != null && leaseMillis == 0) {
                body.mistake(
                        "onExpiry",
                        "Expected a lease beside it, because slots without one do not expire; leave it out, or set"
                                + " leaseSeconds");
            }
        }

        boolean isCheck() {
            return mode == Mode.CHECK;
        }

        Part part(String name, long slots, @Nullable String key) {
            boolean saysMore = key != null || priority != 0 || onExpiry != null || mode == Mode.UP_TO;
            return new Part(name, slots, saysMore ? terms(slots, key) : null);
        }

        private Terms terms(long slots, @Nullable String key) {
            return new Terms(
                    key,
                    priority,
                    mode == Mode.UP_TO ? Long.valueOf(slots) : null,
                    Objects.requireNonNullElse(onExpiry, Terms.OnExpiry.CHARGE));
        }
    }
}
