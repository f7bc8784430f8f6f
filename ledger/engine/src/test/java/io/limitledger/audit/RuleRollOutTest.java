package io.limitledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limitledger.audit.Finding.Kind;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.rule.FirstRules;
import io.limitledger.core.rule.FourthRules;
import io.limitledger.core.rule.MadeUpRules;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.rule.SecondRules;
import io.limitledger.core.rule.ThirdRules;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a change of the rules is rolled out: the ledger is stopped cleanly, and goes on with the next version: the second
 * after the first, the third after the second and so on, or one that is made up. An audit decides each part of the log with the rules that decided it.
 */
@Tag("long")
class RuleRollOutTest {
    private static final int LIMITS = 5;
    private static final int COMMANDS = 600;
    private static final Rules NEXT = new MadeUpRules(5);
    private static final RuleBook ALL =
            new RuleBook(List.of(new FirstRules(), new SecondRules(), new ThirdRules(), new FourthRules(), NEXT));

    /** Renewals tell the versions apart by their events; ticks leave one only by the later, changes only by the earlier. */
    @ParameterizedTest
    @ValueSource(classes = {RenewLease.class, Tick.class, UpdateLimit.class, LimitCommand.class})
    void findsNothingWhereTheRulesChangeAfterACleanStop(Class<?> before) {
        for (long seed = 0; seed < 10; seed++) {
            // given
            RecordedLog log = Recording.rolledOut(seed, LIMITS, COMMANDS, NEXT, before);

            // when
            Verification verification = verify(log, ALL);

            // then
            assertThat(verification.findings().all()).as("seed %s", seed).isEmpty();
            assertThat(versions(log)).isEqualTo("45");
        }
    }

    static List<Arguments> successors() {
        return List.of(
                arguments(new FirstRules(), new SecondRules(), "12"),
                arguments(new SecondRules(), new ThirdRules(), "23"),
                arguments(new ThirdRules(), new FourthRules(), "34"),
                arguments(new FirstRules(), new FourthRules(), "14"),
                arguments(new FirstRules(), new ThirdRules(), "13"));
    }

    @ParameterizedTest
    @MethodSource("successors")
    void findsNothingWhereALedgerOfFormerRulesGoesOnWithTheNext(Rules former, Rules next, String versions) {
        for (long seed = 0; seed < 10; seed++) {
            // given
            RecordedLog log = Recording.rolledOut(seed, LIMITS, COMMANDS, former, next, LimitCommand.class);

            // when
            Verification verification = verify(log, RuleBook.OURS);

            // then
            assertThat(verification.findings().all()).as("seed %s", seed).isEmpty();
            assertThat(versions(log)).isEqualTo(versions);
        }
    }

    @Test
    void findsWhatOtherRulesDecidedThanIsStated() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, new MadeUpRules(4), LimitCommand.class);

        // when
        Verification verification = verify(log, ALL);

        // then
        assertThat(versions(log)).isEqualTo("4");
        assertThat(kinds(verification)).containsOnly(Kind.NOT_AS_DECIDED);
    }

    @Test
    void findsThatTheRulesAreNotKnown() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, NEXT, LimitCommand.class);

        // when
        Verification verification = verify(log, RuleBook.OURS);

        // then
        assertThat(kinds(verification)).containsOnly(Kind.UNKNOWN_RULES);
        assertThat(verification.commands()).isPositive();
    }

    @Test
    void takesUpAgainBehindRulesThatAreNotKnown() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, NEXT, LimitCommand.class);
        RuleBook onlyNext = new RuleBook(List.of(NEXT));

        // when
        Verification verification = verify(log, onlyNext);

        // then
        assertThat(kinds(verification)).containsOnly(Kind.UNKNOWN_RULES);
        assertThat(verification.commands()).isPositive();
    }

    @Test
    void replaysWithoutAnyRules() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, NEXT, LimitCommand.class);

        // then
        assertThat(log.snapshots).isNotEmpty();
        log.snapshots.forEach((instant, live) -> assertThat(
                        new Replay(ReplayScope.of("limit 2", instant), ProgressListener.NONE)
                                .run(log)
                                .limits())
                .isEqualTo(live.limits().stream()
                        .filter(then -> then.limit().limit().name().equals("limit 2"))
                        .toList()));
    }

    private static Verification verify(RecordedLog log, RuleBook book) {
        return new Verification(log, List.of(), ProgressListener.NONE, book).run();
    }

    private static List<Kind> kinds(Verification verification) {
        return verification.findings().all().stream().map(Finding::kind).toList();
    }

    /** The versions that the events state, in their order, each once. */
    private static String versions(RecordedLog log) {
        return log.events.stream()
                .map(event -> new String(event.value(), UTF_8).replaceFirst(".*\"rules\":(\\d+).*", "$1"))
                .reduce("", (all, version) -> all.endsWith(version) ? all : all + version);
    }
}
