package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import java.security.PublicKey;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that only ledgers send are told from the same bytes sent by others. */
class LedgerProofTest {
    private static final int PARTITION = 0;
    private static final int PARTITIONS = 1;
    private static final byte[] KEY = "a".getBytes(UTF_8);
    private static final LimitCommand FINISH = new FinishRename("a", "b", new UUID(1, 2), true, 7L);
    private static final LedgerSigner SIGNER = LedgerSigner.create();

    private final byte[] value = CommandJson.write(FINISH);
    private final Headers headers = new RecordHeaders();

    @Test
    void shouldTakeWhatALedgerSigned() throws Exception {
        // given
        SIGNER.sign(headers, PARTITION, KEY, value, null);

        // then
        assertThat(read(KEY, value, 2)).isEqualTo(FINISH);
    }

    @Test
    void shouldNeedAProofOnlyOfWhatLedgersAloneSend() {
        // then
        assertThat(LedgerProof.isNeeded(new Heartbeat())).isTrue();
        assertThat(LedgerProof.isNeeded(FINISH)).isTrue();
        assertThat(LedgerProof.isNeeded(new AdoptLimit("a", null, 0, 1, null, null)))
                .isTrue();
        assertThat(LedgerProof.isNeeded(new Tick("a"))).isFalse();
    }

    @Test
    void shouldNeedNoProofWhereTheFirstRulesDecided() throws Exception {
        // then
        assertThat(read(KEY, value, 1)).isEqualTo(FINISH);
    }

    @Test
    void shouldRefuseWhatIsNotSigned() {
        // then
        assertThatThrownBy(() -> read(KEY, value, 2))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("Only ledgers send FinishRename, and this one does not come from one: it has no header"
                        + " ledger-proof");
    }

    @Test
    void shouldRefuseAnotherValueUnderTheSignature() {
        // given
        SIGNER.sign(headers, PARTITION, KEY, value, null);
        byte[] other = CommandJson.write(new FinishRename("a", "b", new UUID(1, 2), false, 7L));

        // then
        assertThatThrownBy(() -> read(KEY, other, 2)).hasMessageContaining("its signature is not of these bytes");
    }

    @Test
    void shouldRefuseWhatWasSignedForAnotherPartition() {
        // given
        byte[] heartbeat = CommandJson.write(new Heartbeat());
        SIGNER.sign(headers, 3, null, heartbeat, null);

        // then
        assertThatThrownBy(() -> read(null, heartbeat, 2)).hasMessageContaining("its signature is not of these bytes");
    }

    @Test
    void shouldTakeWhatALedgerSignedInTheNameOfAPrincipal() throws Exception {
        // given
        HeaderText.put(headers, CommandRecord.BY, "token:ci");
        SIGNER.sign(headers, PARTITION, KEY, value, "token:ci");

        // then
        assertThat(read(KEY, value, 4)).isEqualTo(FINISH);
    }

    @Test
    void shouldRefuseAnotherPrincipalUnderTheSignature() {
        // given
        SIGNER.sign(headers, PARTITION, KEY, value, "token:ci");
        HeaderText.put(headers, CommandRecord.BY, "token:other");

        // then
        assertThatThrownBy(() -> read(KEY, value, 4)).hasMessageContaining("its signature is not of these bytes");
    }

    @Test
    void shouldRefuseAKeyThatNoLedgerPublished() {
        // given
        LedgerSigner stranger = LedgerSigner.create();
        stranger.sign(headers, PARTITION, KEY, value, null);

        // then
        assertThatThrownBy(() -> read(KEY, value, 2)).hasMessageContaining("no ledger has published the key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "no colon", "x:y", ":AAAA", "\u0000:\uFFFF"})
    void shouldRefuseAnythingElseInTheHeader(String proof) {
        // given
        HeaderText.put(headers, LedgerProof.HEADER, proof);

        // then
        assertThatThrownBy(() -> read(KEY, value, 2)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void shouldSurviveAnyBytesInTheHeader() {
        // given
        Random random = new Random(1);
        String known = SIGNER.id() + ":";

        for (int input = 0; input < 1_000; input++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            byte[] proof = random.nextBoolean() ? bytes : (known + new String(bytes, UTF_8)).getBytes(UTF_8);
            headers.remove(LedgerProof.HEADER).add(LedgerProof.HEADER, input % 10 == 0 ? null : proof);

            // then
            assertThatThrownBy(() -> read(KEY, value, 2)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void shouldKnowAPublishedKeyOnlyUnderItsOwnId() {
        // then
        assertThat(LedgerProof.publicKey(SIGNER.id(), SIGNER.publicKey())).isNotNull();
        assertThat(LedgerProof.publicKey("another", SIGNER.publicKey())).isNull();
        assertThat(LedgerProof.publicKey(LedgerProof.idOf(KEY), KEY)).isNull();
    }

    private LimitCommand read(byte[] key, byte[] value, int rules) throws UnreadableRecordException {
        return new CommandRecord.Reader(PARTITIONS, rules, LedgerProofTest::key)
                .read(key, value, headers, PARTITION)
                .command();
    }

    private static PublicKey key(String id) {
        return id.equals(SIGNER.id()) ? LedgerProof.publicKey(id, SIGNER.publicKey()) : null;
    }
}
