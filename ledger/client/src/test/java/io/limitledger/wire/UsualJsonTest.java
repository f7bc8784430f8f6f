package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.law.Mix;
import io.limitledger.core.law.RandomLog;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.IndexedLedgerState;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written and read without the mapper is what the mapper would write and read. */
class UsualJsonTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 50_000);
    private static final int SEEDS = 40;
    private static final int COMMANDS = 200;

    private int commands;
    private int written;

    static List<Golden> goldens() {
        return Goldens.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void shouldWriteGoldenValuesLikeTheMapper(Golden golden) throws IOException {
        // then
        if (golden.value() instanceof LimitCommand command) {
            assertSameOrLeft(UsualJsonWriter.write(command), LimitCommand.class, command);
        } else if (golden.value() instanceof LimitEvent event) {
            assertSameOrLeft(UsualJsonWriter.write(event), LimitEvent.class, event);
        } else if (golden.value() instanceof Reply reply) {
            assertSameOrLeft(UsualJsonWriter.write(reply), Reply.class, reply);
        }
    }

    @Test
    void shouldWriteAndReadALogLikeTheMapper() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            // given
            Ledger ledger = new Ledger(new IndexedLedgerState(new HeapRecords()));

            Mix mix = seed % 2 == 0 ? Mix.EVERYTHING : Mix.EVERYTHING.modelled();
            List<LogEntry> log = RandomLog.of(seed, mix, COMMANDS);
            for (LogEntry entry : seed % 3 == 0 ? RandomLog.named(log) : log) {
                // when
                Decision decision = ledger.decide(entry);

                // then
                assertReadsTheSame(
                        assertSameOrLeft(UsualJsonWriter.write(entry.command()), LimitCommand.class, entry.command()));
                assertSameOrLeft(UsualJsonWriter.write(decision.reply()), Reply.class, decision.reply());
                for (LimitEvent event : decision.events()) {
                    assertSameOrLeft(UsualJsonWriter.write(event), LimitEvent.class, event);
                }
            }
        }
        assertThat(written).as("most are usual").isGreaterThan(SEEDS * COMMANDS / 2);
        assertThat(commands).as("many are usual").isGreaterThan(SEEDS * COMMANDS / 4);
    }

    @Test
    void shouldReadWhatIsSpoiltLikeTheMapperOrNotAtAll() throws IOException {
        // given
        Mutations mutations = Mutations.ofCommands(new Random(20261128));

        for (int i = 0; i < INPUTS; i++) {
            // then
            assertReadsTheSame(mutations.next());
        }
    }

    @Test
    void shouldKeepAHolderThatIsAnObjectAsItIs() throws IOException {
        // given
        Holder holder = new Holder("{\"name\":\"Köln \uD83D\uDDC4\"}");
        Claim claim = new Claim(new UUID(1, 2), "database", 1, 1_001, holder, List.of("disk", "network"));
        LimitCommand command = new AcquireLease(claim, 0, 7L);

        // when
        byte[] json = UsualJsonWriter.write(command);

        // then
        assertThat(json).isNotNull();
        assertSameOrLeft(json, LimitCommand.class, command);
    }

    /** Where callers are authenticated, every renewal and release has such a condition. */
    @Test
    void shouldReadCommandsForOneOwnerWithoutTheMapper() {
        // given
        List<LimitCommand> commands = List.of(
                new RenewLease("database", new UUID(1, 2), 60_000, null, "token:ci-deploy"),
                new ReleaseLease("database", new UUID(1, 2), null, "user:alice@example.com"));

        // then
        assertThat(commands)
                .allSatisfy(command -> assertThat(UsualCommandReader.read(UsualJsonWriter.write(command)))
                        .isEqualTo(command));
    }

    @Test
    void shouldLeaveTextThatMustBeEscapedToTheMapper() {
        // given
        Claim claim = new Claim(new UUID(1, 2), "\"", 1, 1_000, null, List.of());

        // then
        assertThat(UsualJsonWriter.write(new AcquireLease(claim, 0, null))).isNull();
    }

    private <T> byte[] assertSameOrLeft(byte[] usual, Class<T> type, T value) throws IOException {
        byte[] mapped = LedgerJson.PUBLIC.writerFor(type).writeValueAsBytes(value);
        if (usual != null) {
            assertThat(new String(usual, UTF_8)).isEqualTo(new String(mapped, UTF_8));
            written++;
        }
        return mapped;
    }

    private void assertReadsTheSame(byte[] json) throws IOException {
        LimitCommand usual = UsualCommandReader.read(json);
        if (usual != null) {
            assertThat(usual)
                    .as(new String(json, UTF_8))
                    .isEqualTo(LedgerJson.PUBLIC.readerFor(LimitCommand.class).readValue(json));
            commands++;
        }
    }
}
