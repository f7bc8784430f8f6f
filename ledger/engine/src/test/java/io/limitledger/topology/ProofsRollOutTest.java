package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.Tick;
import io.limitledger.core.rule.FirstRules;
import io.limitledger.core.rule.SecondRules;
import io.limitledger.core.state.Definition;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.HeaderText;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.LedgerProof;
import io.limitledger.wire.LedgerSigner;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** A rename that the version before began, and did not sign, is ended by the one that asks for signatures. */
class ProofsRollOutTest {
    private static final LedgerSigner SIGNER = LedgerSigner.create();
    private static final LedgerKeys KEYS =
            id -> id.equals(SIGNER.id()) ? LedgerProof.publicKey(id, SIGNER.publicKey()) : null;

    private DrivenProcessor ledger = new DrivenProcessor(1, 0, new FirstRules());
    private long now = DrivenTopology.START;
    private long offset;

    @Test
    void shouldSendAgainWhatWasNotSignedYet() {
        // given
        process(new PutLimit("old", new Definition(5, 0, true), null, false), false);
        process(new RenameLimit("old", "new"), false);
        LimitCommand unsigned = ledger.takeMessages().get(0);
        ledger = ledger.restarted(new SecondRules(), KEYS);

        // when
        List<String> ofUnsigned = process(unsigned, false);
        now += 2_000;
        process(new Tick("old"), false);
        LimitCommand adopt = ledger.takeMessages().get(0);
        List<String> ofAdopt = process(adopt, true);
        LimitCommand finish = ledger.takeMessages().get(0);
        List<String> ofFinish = process(finish, true);

        // then
        assertThat(ofUnsigned)
                .singleElement()
                .asString()
                .startsWith("Only ledgers send AdoptLimit, and this one does not come from one");
        assertThat(adopt).isInstanceOf(AdoptLimit.class);
        assertThat(ofAdopt).containsExactly("LimitAdopted");
        assertThat(finish).isInstanceOf(FinishRename.class);
        assertThat(ofFinish).containsExactly("LimitLeft");
    }

    /** The types of the events, or the reason why it was rejected. */
    private List<String> process(LimitCommand command, boolean signed) {
        CommandRecord asked = new CommandRecord(command, null);
        ProducerRecord<byte[], byte[]> record = signed ? asked.to(0, SIGNER) : asked.to(0);
        return ledger.process(new Record<>(record.key(), record.value(), now++, record.headers()), offset++).stream()
                .map(forward -> forward.record().headers())
                .map(written -> {
                    String type = HeaderText.of(written, "ce_type");
                    return type == null
                            ? HeaderText.of(written, RejectedRecord.REASON)
                            : type.substring(type.lastIndexOf('.') + 1);
                })
                .toList();
    }
}
