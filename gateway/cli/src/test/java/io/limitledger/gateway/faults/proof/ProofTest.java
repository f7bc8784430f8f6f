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

/** Each law finds its violations, and no law finds one in a correct run. */
class ProofTest {
    @Test
    void noViolationIsFoundInACorrectRun() {
        // given
        Sample correct = new Sample()
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
        List<String> violated = correct.violated();

        // then
        assertThat(violated).isEmpty();
    }

    @Test
    void aLeaseThatNeverEndedIsReported() {
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
                        "three slots of two are held",
                        new Sample().granted(1, 2, 1_000).granted(2, 1, 1_001)),
                Arguments.of(
                        "HoldersFitTheLimit",
                        "granted to two holders, even if the log says otherwise",
                        new Sample().heldFrom(1, 2, 1_000).heldFrom(2, 1, 1_500)),
                Arguments.of(
                        "HoldersFitTheLimit",
                        "still relied on by its holder",
                        new Sample()
                                .call(Kind.ACQUIRE, 1, 2, 1_000, 1_005, Result.GRANTED, null)
                                .call(Kind.LOOK, 1, 2, 1_600, 1_600, Result.HELD, null)
                                .heldFrom(2, 1, 1_500)),
                Arguments.of(
                        "NothingIsGrantedTwice",
                        "one id is granted twice",
                        new Sample().granted(1, 1, 1_000).released(1, 1_100).granted(1, 1, 1_200)),
                Arguments.of("GrantsAreKept", "a grant is lost", new Sample().heldFrom(1, 1, 1_000)),
                Arguments.of(
                        "GrantsAreKept",
                        "other slots than requested",
                        new Sample().granted(1, 2, 1_000).heldFrom(1, 1, 1_000)),
                Arguments.of(
                        "GrantsAreKept",
                        "released without a request",
                        new Sample().granted(1, 1, 1_000).heldFrom(1, 1, 1_000).released(1, 1_200)),
                Arguments.of(
                        "GrantsAreKept",
                        "ended while its holder relies on it",
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
                        "not at the renewed end",
                        new Sample().granted(1, 1, 1_000).renewed(1, 1_500).expired(1, 2_000, 2_000)),
                Arguments.of(
                        "LeasesEndOnTime",
                        "without the time of an absence",
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
                        "slots start too soon",
                        new Sample().spent(1, 2, 1_000).spent(2, 2, 1_900)),
                Arguments.of(
                        "AnswersMatchTheLog", "denied without an event", answered(Kind.ACQUIRE, Result.DENIED, null)),
                Arguments.of(
                        "AnswersMatchTheLog",
                        "an end that the log does not have",
                        answered(Kind.ACQUIRE, Result.GRANTED, 2_001L)),
                Arguments.of(
                        "AnswersMatchTheLog",
                        "a renewal that the log does not have",
                        answered(Kind.RENEW, Result.RENEWED, 2_001L)),
                Arguments.of(
                        "AnswersMatchTheLog", "reported as gone while held", answered(Kind.RENEW, Result.GONE, null)),
                Arguments.of(
                        "AnswersMatchTheLog",
                        "reported as released while held",
                        answered(Kind.RELEASE, Result.RELEASED, null)),
                Arguments.of("AnswersMatchTheLog", "an invalid answer", answered(Kind.RENEW, Result.WRONG, null)),
                Arguments.of(
                        "AnswersMatchTheLog",
                        "decided before the question",
                        new Sample()
                                .granted(1, 1, 1_000)
                                .heldFrom(1, 1, 1_000)
                                .renewed(1, 1_100)
                                .call(Kind.RENEW, 1, 1, 1_500, 1_510, Result.RENEWED, 2_100L)),
                Arguments.of("AnswersMatchTheLog", "in another order than the log", swapped()));
    }

    private static Sample withAGap() {
        Sample sample = new Sample();
        return sample.event(Sample.LIMIT, 1_000, new AcquireCancelled(Sample.id(1)))
                .withoutTheEvent(1)
                .granted(2, 1, 1_100);
    }

    /** The waiter behind 2, or a new client, is served first. */
    private static Sample overtaken(int served) {
        return new Sample()
                .granted(1, 2, 1_000)
                .queued(2, 1_100)
                .queued(3, 1_150)
                .released(1, 1_200)
                .granted(served, 1, 1_200);
    }

    /** An answer to the holder of a lease that is held from 1,000 to 2,000. */
    private static Sample answered(Kind kind, Result result, Long expiresAt) {
        return new Sample().granted(1, 1, 1_000).call(kind, 1, 1, 1_200, 1_210, result, expiresAt);
    }

    /** Two answers within the same milliseconds, so that only the clients' monotonic clock shows their order. */
    private static Sample swapped() {
        return new Sample()
                .granted(2, 1, 1_003)
                .granted(1, 1, 1_003)
                .call(Kind.ACQUIRE, 1, 1, 1_000, 1_003, Result.GRANTED, 2_003L)
                .call(Kind.ACQUIRE, 2, 1, 1_004, 1_007, Result.GRANTED, 2_003L);
    }
}
