package io.limitledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.Finding.Kind;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.rule.FirstRules;
import io.limitledger.core.rule.MadeUpRules;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.rule.SecondRules;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a change of the rules is rolled out: the ledger is stopped cleanly, and goes on with the next version: the second
 * after the first, or one that is made up. An audit decides each part of the log with the rules that decided it.
 */
@Tag("long")
class RuleRollOutTest {
    private static final int LIMITS = 5;
    private static final int COMMANDS = 600;
    private static final Rules THIRD = new MadeUpRules(3);
    private static final RuleBook ALL = new RuleBook(List.of(new FirstRules(), new SecondRules(), THIRD));

    /** Renewals tell the versions apart by their events; ticks leave one only by the later, changes only by the earlier. */
    @ParameterizedTest
    @ValueSource(classes = {RenewLease.class, Tick.class, UpdateLimit.class, LimitCommand.class})
    void findsNothingWhereTheRulesChangeAfterACleanStop(Class<?> before) {
        for (long seed = 0; seed < 10; seed++) {
            // given
            RecordedLog log = Recording.rolledOut(seed, LIMITS, COMMANDS, THIRD, before);

            // when
            Verification verification = verify(log, ALL);

            // then
            assertThat(verification.findings().all()).as("seed %s", seed).isEmpty();
            assertThat(versions(log)).isEqualTo("23");
        }
    }

    @Test
    void findsNothingWhereALedgerOfTheFirstRulesGoesOnWithTheSecond() {
        for (long seed = 0; seed < 10; seed++) {
            // given
            RecordedLog log = Recording.rolledOut(
                    seed, LIMITS, COMMANDS, new FirstRules(), new SecondRules(), LimitCommand.class);

            // when
            Verification verification = verify(log, RuleBook.OURS);

            // then
            assertThat(verification.findings().all()).as("seed %s", seed).isEmpty();
            assertThat(versions(log)).isEqualTo("12");
        }
    }

    @Test
    void findsWhatOtherRulesDecidedThanIsStated() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, new MadeUpRules(2), LimitCommand.class);

        // when
        Verification verification = verify(log, ALL);

        // then
        assertThat(versions(log)).isEqualTo("2");
        assertThat(kinds(verification)).containsOnly(Kind.NOT_AS_DECIDED);
    }

    @Test
    void findsThatTheRulesAreNotKnown() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, THIRD, LimitCommand.class);

        // when
        Verification verification = verify(log, RuleBook.OURS);

        // then
        assertThat(kinds(verification)).containsOnly(Kind.UNKNOWN_RULES);
        assertThat(verification.commands()).isPositive();
    }

    @Test
    void takesUpAgainBehindRulesThatAreNotKnown() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, THIRD, LimitCommand.class);
        RuleBook onlyThird = new RuleBook(List.of(THIRD));

        // when
        Verification verification = verify(log, onlyThird);

        // then
        assertThat(kinds(verification)).containsOnly(Kind.UNKNOWN_RULES);
        assertThat(verification.commands()).isPositive();
    }

    @Test
    void replaysWithoutAnyRules() {
        // given
        RecordedLog log = Recording.rolledOut(1, LIMITS, COMMANDS, THIRD, LimitCommand.class);

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
