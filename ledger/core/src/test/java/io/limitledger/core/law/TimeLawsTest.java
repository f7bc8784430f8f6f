package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.FirstRules;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.rule.SecondRules;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions depend on how much time passes, not on what the broker's clock shows. */
class TimeLawsTest {
    private static final int SEEDS = 150;
    private static final int COMMANDS = 150;
    private static final long START = 1_700_000_000_000L;
    private static final int LONGEST_PAUSE_MILLIS = 900;
    private static final int[] LONGEST_STEPS_MILLIS = {50, 2_000, 30_000, 3_600_000};

    static Stream<Mix> mixes() {
        Mix everything = Mix.EVERYTHING;
        return Stream.of(
                everything,
                new Mix(everything.limits(), List.of(0.0), true, true, true, true, true, true, false),
                new Mix(
                        everything.limits(),
                        List.of(0.1, 0.333333333, 3.7),
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        false));
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void clockStepsDoNotAffectDecisions(Mix mix) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            List<LogEntry> stepping = log(seed, mix, true);
            List<LogEntry> steady = new ArrayList<>();
            Partition stepped = new Partition(new SecondRules());

            // when
            List<Decision> decisions = new ArrayList<>();
            for (LogEntry entry : stepping) {
                steady.add(stamped(entry, stepped.time.at(entry.timestamp())));
                decisions.add(stepped.decide(entry));
            }

            // then
            Partition other = new Partition(new SecondRules());
            for (int i = 0; i < steady.size(); i++) {
                long aheadMillis = steady.get(i).timestamp() - stepping.get(i).timestamp();
                assertThat(shown(decisions.get(i), aheadMillis))
                        .as("seed %s, #%s %s", seed, i, stepping.get(i))
                        .isEqualTo(shown(other.decide(steady.get(i)), 0));
            }
        }
    }

    /**
     * Not with all decays mixed: there a decay may end, and the second rules then drop occupied slots that no lease
     * holds, which the first rules keep.
     */
    @ParameterizedTest
    @MethodSource("mixes")
    void withoutClockStepsBothRulesDecideTheSame(Mix mix) {
        if (mix.equals(Mix.EVERYTHING)) {
            return;
        }
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            Partition first = new Partition(new FirstRules());
            Partition second = new Partition(new SecondRules());

            for (LogEntry entry : log(seed, mix, false)) {
                // when
                Decision decision = second.decide(entry);

                // then
                assertThat(shown(decision, 0)).as("seed %s, %s", seed, entry).isEqualTo(shown(first.decide(entry), 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aRestartedLedgerKnowsTheTime(Mix mix) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            Partition living = new Partition(new SecondRules());
            Partition restarting = new Partition(new SecondRules());

            for (LogEntry entry : log(seed, mix, true)) {
                // when
                restarting.restart();

                // then
                assertThat(restarting.decide(entry))
                        .as("seed %s, %s", seed, entry)
                        .isEqualTo(living.decide(entry));
            }
        }
    }

    private static List<LogEntry> log(long seed, Mix mix, boolean steps) {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random, mix);
        List<LogEntry> log = new ArrayList<>();
        long at = START;
        for (int i = 0; i < COMMANDS; i++) {
            at += random.nextInt(LONGEST_PAUSE_MILLIS);
            if (steps && random.nextInt(8) == 0) {
                int longest = LONGEST_STEPS_MILLIS[random.nextInt(LONGEST_STEPS_MILLIS.length)];
                at += random.nextInt(3) == 0 ? random.nextInt(longest) : -random.nextInt(longest);
            }
            boolean beats = i % 2 == 0 && (!steps || random.nextInt(10) > 0);
            LimitCommand command = beats
                    ? new Heartbeat()
                    : i < 9 ? commands.put(mix.limits().get(i / 2 % mix.limits().size())) : commands.next();
            log.add(new LogEntry(command, at, i, new Asker("replies", 0, "asker", "" + i)));
        }
        return log;
    }

    private static LogEntry stamped(LogEntry entry, long timestamp) {
        return entry.at(timestamp);
    }

    /** A decision by the partition's time, without the version of the rules and the difference between the clocks. */
    private static List<Object> shown(Decision decision, long aheadMillis) {
        return List.of(
                decision.events().stream()
                        .map(event -> new LimitEvent(
                                event.limit(), event.number(), event.at(), 0, event.offset(), event.fact()))
                        .toList(),
                // Texts contain the time at which a lease ended.
                text(decision.reply().laterBy(aheadMillis).toString()),
                decision.answers().stream()
                        .map(answer -> answer.asker()
                                + text(answer.reply().laterBy(aheadMillis).toString()))
                        .toList());
    }

    private static String text(String reply) {
        return reply.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]*Z", "then");
    }

    /** A partition with a naive model of its time. */
    private static final class Partition {
        private final HeapRecords records = new HeapRecords();
        private final Rules rules;
        private final NaiveTime time = new NaiveTime();
        private IndexedLedgerState state = new IndexedLedgerState(records);
        private Ledger ledger;

        Partition(Rules rules) {
            this.rules = rules;
            this.ledger = new Ledger(state, rules);
        }

        void restart() {
            state = new IndexedLedgerState(records);
            ledger = new Ledger(state, rules);
        }

        private boolean meansLimit(LimitCommand command) {
            String limit = ledger.limitMeantBy(command);
            return limit != null
                    && records.limit(limit) != null
                    && command.invalidFields().isEmpty();
        }

        /** Decides a command, and with it all messages between limits that follow, as if they arrived at once. */
        Decision decide(LogEntry entry) {
            boolean meansLimit = meansLimit(entry.command());
            Decision decision = ledger.decide(entry);
            time.decided(entry, decision, meansLimit, state.holdsLeases());
            Deque<Decision.Message> messages = new ArrayDeque<>(decision.messages());
            while (!messages.isEmpty()) {
                Decision.Message sent = messages.remove();
                LogEntry message = new LogEntry(sent.command(), entry.timestamp(), entry.offset(), null, sent.by());
                boolean reachesLimit = meansLimit(message.command());
                Decision next = ledger.decide(message);
                time.decided(message, next, reachesLimit, state.holdsLeases());
                messages.addAll(next.messages());
            }
            return new Decision(decision.events(), decision.reply(), decision.answers(), List.of());
        }
    }
}
