package io.limitledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.Finding.Kind;
import io.limitledger.audit.RecordedLog.Entry;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.topology.DrivenProcessor;
import io.limitledger.wire.CommandRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What arrives under another name must have left under the old one; whatever else did is found. */
@Tag("long")
class AdoptionsTest {
    private static final int LEASES = 450;

    private final RecordedLog log = new RecordedLog();
    private final DrivenProcessor processor = new DrivenProcessor(1, 0);
    private final List<AdoptLimit> sent = new ArrayList<>();
    private long now = 1_800_000_000_000L;

    @Test
    void shouldFindNothingInARenameInSeveralParts() {
        // when
        rename();

        // then
        assertThat(sent).hasSize(3);
        assertThat(findings()).isEmpty();
    }

    @Test
    void shouldFindALimitThatArrivesFromNowhere() {
        // given
        rename();

        // when
        Limit forged = Limit.created("nowhere", new UUID(9, 9), new Definition(5, 0, true), now);
        decide(new AdoptLimit("forged", new SealedLimit(forged, null), 0, 1, null, null));

        // then
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.FORGED);
            assertThat(finding.limit()).isEqualTo("forged");
            assertThat(finding.message())
                    .contains("arrived from limit 'nowhere', but no event says that it left there");
        });
    }

    @Test
    void shouldFindLeasesThatDidNotLeave() {
        // given
        decide(put("old"));
        decide(new RenameLimit("old", "new"));
        AdoptLimit genuine = (AdoptLimit) processor.takeMessages().get(0);

        // when
        decide(new AdoptLimit("new", genuine.moved(), 0, 1, List.of(anotherLease()), null));

        // then
        assertThat(findings()).extracting(Finding::kind).contains(Kind.FORGED);
    }

    @Test
    void shouldFindALimitThatArrivesTwice() {
        // given
        rename();
        decide(new DeleteLimit("new"));
        for (int other = 0; other < 65; other++) {
            decide(put("other " + other));
            decide(new DeleteLimit("other " + other));
        }

        // when: all that kept it from arriving again is forgotten by now
        sent.forEach(this::decide);

        // then
        assertThat(findings()).extracting(Finding::kind).contains(Kind.FORGED);
    }

    /** Signed by no ledger: the ledger has rejected them, so an event that follows from one is found as well. */
    @Test
    void shouldDecideAgainOnlyWhatALedgerSigned() {
        // given
        rename();

        // when
        log.keys = id -> null;

        // then
        assertThat(findings()).extracting(Finding::kind).contains(Kind.NOT_AS_DECIDED);
    }

    private Lease anotherLease() {
        decide(put("elsewhere"));
        decide(new AcquireLease("elsewhere", new UUID(8, 8), 1, 60_000, 0, null, List.of()));
        decide(new RenameLimit("elsewhere", "somewhere"));
        return ((AdoptLimit) processor.takeMessages().get(0)).leases().get(0).movedTo("new");
    }

    private void rename() {
        decide(put("old"));
        for (int lease = 0; lease < LEASES; lease++) {
            decide(new AcquireLease("old", new UUID(1, lease), 1, 600_000, 0, null, List.of()));
        }
        decide(new RenameLimit("old", "new"));
        for (List<LimitCommand> messages = processor.takeMessages();
                !messages.isEmpty();
                messages = processor.takeMessages()) {
            messages.forEach(message -> {
                if (message instanceof AdoptLimit adopt) {
                    sent.add(adopt);
                }
                decide(message);
            });
        }
    }

    private static PutLimit put(String limit) {
        return new PutLimit(limit, new Definition(1_000, 0, true), null, false);
    }

    private void decide(LimitCommand command) {
        ProducerRecord<byte[], byte[]> asked = new CommandRecord(command, null).to(0);
        long offset = log.commands.size();
        now++;
        log.commands.add(new Entry(offset, now, asked.key(), asked.value(), asked.headers()));
        processor
                .process(new Record<>(asked.key(), asked.value(), now, asked.headers()), offset)
                .forEach(forward -> log.events.add(new Entry(
                        log.events.size(),
                        forward.record().timestamp(),
                        forward.record().key(),
                        forward.record().value(),
                        forward.record().headers())));
    }

    private List<Finding> findings() {
        log.state.clear();
        processor
                .contents()
                .forEach((key, value) ->
                        log.state.add(new Entry(0, now, key.getBytes(UTF_8), value, new RecordHeaders())));
        return new Verification(log, List.of(), ProgressListener.NONE)
                .run()
                .findings()
                .all();
    }
}
