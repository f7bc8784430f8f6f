package io.limitledger.gateway.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.reply.Denied;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Question.Kind;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each law finds what violates it, and none finds anything in a run that went well. */
class ProofTest {
    @Test
    void nothingIsFoundWhereAllWentWell() {
        // given
        Sample well = new Sample()
                .granted(1, 2, 1_000)
                .heldFrom(1, 2, 1_000)
                .event(Sample.LIMIT, 1_100, new LeaseDenied(Sample.id(9), 1, Denied.Reason.FULL, 10, null))
                .call(Kind.ACQUIRE, 9, 1, 1_095, 1_105, Result.DENIED, null)
                .queued(2, 1_200)
                .queued(3, 1_250)
                .renewed(1, 1_500)
                .call(Kind.RENEW, 1, 2, 1_495, 1_505, Result.RENEWED, 2_500L)
                .released(1, 1_600)
                .granted(2, 1, 1_600)
                .granted(3, 1, 1_600)
                .releasedBy(1, 1_600)
                .renewed(3, 1_800)
                .call(Kind.ACQUIRE, 2, 1, 1_195, 1_605, Result.GRANTED, 2_600L)
                .call(Kind.LOOK, 2, 1, 2_000, 2_000, Result.HELD, null)
                .expired(2, 2_600, 2_650)
                .expired(3, 2_800, 9_900)
                .disturbed(2_500, 9_800)
                .call(Kind.RENEW, 2, 1, 2_700, 2_710, Result.GONE, null)
                .granted(4, 1, 10_000)
                .heldFrom(4, 1, 10_000)
                .prolonged(60_000, 70_500)
                .call(Kind.ACQUIRE, 4, 1, 70_495, 70_505, Result.GRANTED, 71_000L)
                .expired(4, 71_000, 71_010)
                .spent(11, 2, 1_000)
                .spent(12, 2, 2_000);

        // when
        List<String> violated = well.violated();

        // then
        assertThat(violated).isEmpty();
    }

    @Test
    void aLeaseWithoutAnEndIsReportedAtTheEnd() {
        // given
        Sample sample = new Sample().granted(1, 1, 1_000).granted(2, 1, 1_000).released(1, 1_500);

        // when
        Set<UUID> held = Proof.stillHeld(sample.history());

        // then
        assertThat(held).containsExactly(Sample.id(2));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("planted")
    void aViolationIsFound(String law, String what, Sample planted) {
        // when
        List<String> violated = planted.violated();

        // then
        assertThat(violated).as(what).contains(law);
    }

    static Stream<Arguments> planted() {
        return Stream.of(
                Arguments.of("EventsAreInOrder", "an event is missing", withAGap()),
                Arguments.of(
                        "EventsAreInOrder",
                        "time runs backwards",
                        new Sample().granted(1, 1, 1_000).granted(2, 1, 900)),
                Arguments.of(
                        "NeverAboveTheLimit",
                        "three of two",
                        new Sample().granted(1, 2, 1_000).granted(2, 1, 1_001)),
                Arguments.of(
                        "HoldersFitTogether",
                        "granted to two, whatever the log says",
                        new Sample().heldFrom(1, 2, 1_000).heldFrom(2, 1, 1_500)),
                Arguments.of(
                        "HoldersFitTogether",
                        "still looking as if it held",
                        new Sample()
                                .call(Kind.ACQUIRE, 1, 2, 1_000, 1_005, Result.GRANTED, null)
                                .call(Kind.LOOK, 1, 2, 1_600, 1_600, Result.HELD, null)
                                .heldFrom(2, 1, 1_500)),
                Arguments.of(
                        "NothingIsGrantedTwice",
                        "one id twice",
                        new Sample().granted(1, 1, 1_000).released(1, 1_100).granted(1, 1, 1_200)),
                Arguments.of("GrantsAreKept", "a grant is lost", new Sample().heldFrom(1, 1, 1_000)),
                Arguments.of(
                        "GrantsAreKept",
                        "other slots than were asked for",
                        new Sample().granted(1, 2, 1_000).heldFrom(1, 1, 1_000)),
                Arguments.of(
                        "GrantsAreKept",
                        "released without a request",
                        new Sample().granted(1, 1, 1_000).heldFrom(1, 1, 1_000).released(1, 1_200)),
                Arguments.of(
                        "GrantsAreKept",
                        "over while its holder believes in it",
                        new Sample()
                                .granted(1, 1, 1_000)
                                .released(1, 1_200)
                                .call(Kind.LOOK, 1, 1, 1_300, 1_300, Result.HELD, null)),
                Arguments.of("QueueOrder", "the second is served first", overtaken(3)),
                Arguments.of("QueueOrder", "a new client is served first", overtaken(4)),
                Arguments.of(
                        "LeasesEndOnTime",
                        "too early",
                        new Sample().granted(1, 1, 1_000).expired(1, 2_000, 1_900)),
                Arguments.of(
                        "LeasesEndOnTime",
                        "not as renewed",
                        new Sample().granted(1, 1, 1_000).renewed(1, 1_500).expired(1, 2_000, 2_000)),
                Arguments.of(
                        "LeasesEndOnTime",
                        "as if the ledger had not been away",
                        new Sample()
                                .granted(1, 1, 1_000)
                                .prolonged(5_000, 6_500)
                                .expired(1, 2_000, 6_500)),
                Arguments.of(
                        "LeasesEndOnTime",
                        "too late",
                        new Sample().granted(1, 1, 1_000).expired(1, 2_000, 9_000)),
                Arguments.of(
                        "LeasesEndOnTime",
                        "held beyond its end",
                        new Sample().granted(1, 1, 1_000).granted(2, 1, 2_500)),
                Arguments.of(
                        "RatesAreKept",
                        "too soon",
                        new Sample().spent(1, 2, 1_000).spent(2, 2, 1_900)),
                Arguments.of(
                        "AnswersAreTheLogs", "denied without an event", answered(Kind.ACQUIRE, Result.DENIED, null)),
                Arguments.of("AnswersAreTheLogs", "another end", answered(Kind.ACQUIRE, Result.GRANTED, 2_001L)),
                Arguments.of("AnswersAreTheLogs", "no such renewal", answered(Kind.RENEW, Result.RENEWED, 2_001L)),
                Arguments.of("AnswersAreTheLogs", "said to be gone", answered(Kind.RENEW, Result.GONE, null)),
                Arguments.of("AnswersAreTheLogs", "said to be released", answered(Kind.RELEASE, Result.RELEASED, null)),
                Arguments.of("AnswersAreTheLogs", "no such answer", answered(Kind.RENEW, Result.WRONG, null)),
                Arguments.of(
                        "AnswersAreTheLogs",
                        "decided before it was asked",
                        new Sample()
                                .granted(1, 1, 1_000)
                                .heldFrom(1, 1, 1_000)
                                .renewed(1, 1_100)
                                .call(Kind.RENEW, 1, 1, 1_500, 1_510, Result.RENEWED, 2_100L)),
                Arguments.of("AnswersAreTheLogs", "in another order", swapped()));
    }

    private static Sample withAGap() {
        Sample sample = new Sample();
        return sample.event(Sample.LIMIT, 1_000, new AcquireCancelled(Sample.id(1)))
                .withoutTheEvent(1)
                .granted(2, 1, 1_100);
    }

    /** Who waits behind 2, or asks anew, is served. */
    private static Sample overtaken(int served) {
        return new Sample()
                .granted(1, 2, 1_000)
                .queued(2, 1_100)
                .queued(3, 1_150)
                .released(1, 1_200)
                .granted(served, 1, 1_200);
    }

    /** To the holder of a lease that is held from 1,000 to 2,000. */
    private static Sample answered(Kind kind, Result result, Long expiresAt) {
        return new Sample().granted(1, 1, 1_000).call(kind, 1, 1, 1_200, 1_210, result, expiresAt);
    }

    /** Within the same milliseconds, so that only the clock of the clients shows the order. */
    private static Sample swapped() {
        return new Sample()
                .granted(2, 1, 1_003)
                .granted(1, 1, 1_003)
                .call(Kind.ACQUIRE, 1, 1, 1_000, 1_003, Result.GRANTED, 2_003L)
                .call(Kind.ACQUIRE, 2, 1, 1_004, 1_007, Result.GRANTED, 2_003L);
    }
}
