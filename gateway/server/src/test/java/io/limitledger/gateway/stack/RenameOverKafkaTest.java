package io.limitledger.gateway.stack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.LedgerClient;
import io.limitledger.client.OnBehalf;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.event.PartAdopted;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.state.Definition;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A limit moves from one partition of a real Kafka to another, with more leases than fit one message. */
@Timeout(90)
@Tag("broker")
class RenameOverKafkaTest {
    private static final String OLD = "old";
    private static final int LEASES = 450;
    private static final OnBehalf WORKER = new OnBehalf("token:worker", limit -> false);
    private static final OnBehalf ADMINISTRATOR = new OnBehalf("token:administrator", limit -> true);

    private EmbeddedStack stack;
    private LedgerClient client;
    private String newName;
    private final List<UUID> held = new ArrayList<>();

    @BeforeEach
    void aLimitWithLeases(@TempDir Path directory) throws Exception {
        stack = EmbeddedStack.start(directory);
        stack.startLedger("one");
        client = stack.startClient();
        newName = nameInAnotherPartition();
        client.send(new PutLimit(OLD, new Definition(1_000, 0, true), null, true))
                .get(20, SECONDS);
        List<CompletableFuture<ReplyRecord>> granted = new ArrayList<>();
        for (int i = 0; i < LEASES; i++) {
            UUID leaseId = LeaseIds.newFor(OLD);
            held.add(leaseId);
            granted.add(acquire(OLD, leaseId));
        }
        for (CompletableFuture<ReplyRecord> answer : granted) {
            assertThat(answer.get(20, SECONDS).reply()).isInstanceOf(Granted.class);
        }
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    private String nameInAnotherPartition() {
        int partitions = stack.partitions().commands();
        int number = 0;
        while (LeaseIds.partition("new-" + number, partitions) == LeaseIds.partition(OLD, partitions)) {
            number++;
        }
        return "new-" + number;
    }

    private CompletableFuture<ReplyRecord> acquire(String limit, UUID leaseId) {
        return client.as(WORKER).send(new AcquireLease(limit, leaseId, 1, 300_000, 0, null, List.of()));
    }

    private void assertThatAllIsThere(int alsoGranted) throws Exception {
        for (UUID leaseId : held) {
            assertThat(client.as(WORKER)
                            .send(new RenewLease(newName, leaseId, 300_000, null))
                            .get(20, SECONDS)
                            .reply())
                    .isInstanceOfSatisfying(
                            Renewed.class,
                            renewed ->
                                    assertThat(renewed.lease().claim().owner()).isEqualTo("token:worker"));
        }
        CommittedLog log = CommittedLog.readWhenQuiet(stack);
        assertThat(log.differences()).isEmpty();
        assertThat(log.events(newName))
                .filteredOn(event -> event.fact() instanceof LimitAdopted)
                .hasSize(1);
        assertThat(log.events(newName))
                .filteredOn(event -> event.fact() instanceof PartAdopted)
                .hasSize(2);
        assertThat(log.events(OLD))
                .last()
                .satisfies(event -> assertThat(event.fact()).isInstanceOf(LimitLeft.class));
        // The ledger signs the name with the message, and so would not believe another.
        assertThat(Stream.concat(log.events(OLD).stream(), log.events(newName).stream()))
                .filteredOn(event -> event.fact() instanceof LimitAdopted
                        || event.fact() instanceof PartAdopted
                        || event.fact() instanceof LimitLeft)
                .extracting(LimitEvent::by)
                .containsOnly("token:administrator");
        assertThat(log.events(newName).size()).isGreaterThanOrEqualTo(held.size() + alsoGranted);
    }

    @Test
    void shouldKeepEveryLeaseWhileOthersAskForEitherName() throws Exception {
        // given
        List<CompletableFuture<ReplyRecord>> meanwhile = new ArrayList<>();

        // when
        CompletableFuture<ReplyRecord> renamed = client.as(ADMINISTRATOR).send(new RenameLimit(OLD, newName));
        while (!renamed.isDone()) {
            meanwhile.add(acquire(OLD, LeaseIds.newFor(OLD)));
            meanwhile.add(acquire(newName, LeaseIds.newFor(newName)));
            meanwhile.get(meanwhile.size() - 1).get(20, SECONDS);
        }

        // then
        assertThat(renamed.get(20, SECONDS).reply()).isEqualTo(new Renamed(OLD, newName));
        int granted = 0;
        for (CompletableFuture<ReplyRecord> answer : meanwhile) {
            if (answer.get(20, SECONDS).reply() instanceof Refused refused) {
                assertThat(refused.reason()).isIn(Refused.Reason.LIMIT_MOVING, Refused.Reason.LIMIT_NOT_FOUND);
            } else {
                granted++;
            }
        }
        assertThatAllIsThere(granted);
    }

    @Test
    void shouldArriveThoughTheLedgerStopsInTheMiddle() throws Exception {
        // when
        CompletableFuture<ReplyRecord> renamed = client.as(ADMINISTRATOR).send(new RenameLimit(OLD, newName));
        stack.stopLedger("one");
        stack.startLedger("one");

        // then
        assertThat(renamed.get(30, SECONDS).reply()).isEqualTo(new Renamed(OLD, newName));
        assertThatAllIsThere(0);
    }
}
