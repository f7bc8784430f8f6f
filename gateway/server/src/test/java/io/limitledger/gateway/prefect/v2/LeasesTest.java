package io.limitledger.gateway.prefect.v2;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Lease;
import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Leases, and what changes of their limits do to them: the table of state changes in the contract. */
@Tag("broker")
class LeasesTest {
    private static final String RUN = "5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10";

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void aLeaseIsTakenRenewedAndReleased() {
        // given
        server.create("database", "\"limit\": 2");

        // when
        Reply acquired = server.acquire(2, "database");
        UUID lease = UUID.fromString(acquired.json().path("lease_id").asText());
        Reply renewed = server.renew(lease);
        Reply released = server.release(lease);

        // then
        assertThat(acquired.text())
                .matches(
                        "\\{\"lease_id\":\"[-0-9a-f]{36}\",\"limits\":\\[\\{\"id\":\"[-0-9a-f]{36}\",\"name\":\"database\","
                                + "\"limit\":2}]}");
        assertThat(renewed.status()).isEqualTo(204);
        assertThat(renewed.text()).isEmpty();
        assertThat(released.status()).isEqualTo(204);
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void aLeaseLastsFiveMinutesUnlessItSaysOtherwise() {
        // given
        server.create("database", "\"limit\": 2");
        UUID fiveMinutes = server.lease(1, "database");
        server.post(
                LIMITS + "/increment-with-lease",
                "{\"slots\": 1, \"names\": [\"database\"], \"lease_duration\": \"60\"}");

        // when
        server.advance(60);

        // then
        assertThat(server.activeSlots("database")).isEqualTo(1);
        assertThat(server.lease(fiveMinutes)).isNotNull();
        server.advance(240);
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void nullIsTheDefaultDurationAndNoHolder() {
        // given
        server.create("database", "\"limit\": 2");

        // when
        Reply acquired = server.post(
                LIMITS + "/increment-with-lease",
                "{\"slots\": 1, \"names\": [\"database\"], \"mode\": null, \"lease_duration\": null,"
                        + " \"holder\": null}");

        // then
        assertThat(lease(acquired).holder()).isNull();
        assertThat(lease(acquired).expiresAt())
                .isEqualTo(server.now().plusSeconds(300).toEpochMilli());
    }

    @Test
    void aRenewalWithoutABodyIsForFiveMinutes() {
        // given
        server.create("database", "\"limit\": 2");
        UUID lease = server.lease(1, "database");
        server.advance(100);

        // when
        Reply reply = server.post(LIMITS + "/leases/" + lease + "/renew", null);

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(server.lease(lease).expiresAt())
                .isEqualTo(server.now().plusSeconds(300).toEpochMilli());
    }

    @Test
    void aRenewalCountsFromNowAndMayShorten() {
        // given
        server.create("database", "\"limit\": 2");
        UUID lease = server.lease(1, "database");

        // when
        server.renew(lease);
        server.advance(60);

        // then
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void aReleaseOfWhatIsGoneIsGoneForThoseWhoPreferToKnow() {
        // given
        server.create("database", "\"limit\": 2");
        UUID lease = server.lease(1, "database");

        // when
        Reply held = releaseStrictly(lease);
        Reply gone = releaseStrictly(lease);

        // then
        assertThat(held.status()).isEqualTo(204);
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.detail()).isEqualTo("Lease not found - it may have expired or been revoked");
        assertThat(server.release(lease).status()).isEqualTo(204);
        assertThat(server.activeSlots("database")).isZero();
    }

    private Reply releaseStrictly(UUID lease) {
        return server.send(server.request(LIMITS + "/decrement-with-lease")
                .header("Content-Type", "application/json")
                .header("Prefer", "handling=strict")
                .POST(BodyPublishers.ofString("{\"lease_id\": \"" + lease + "\"}"))
                .build());
    }

    @Test
    void whatHasExpiredCannotBeRenewed() {
        // given
        server.create("database", "\"limit\": 2");
        UUID lease = server.lease(1, "database");
        server.advance(300);

        // when
        Reply reply = server.renew(lease);

        // then
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.detail()).isEqualTo("Lease not found - it may have expired or been revoked");
    }

    @Test
    void unknownAndReleasedLeasesAreGone() {
        // given
        server.create("database", "\"limit\": 2");
        UUID released = server.lease(1, "database");
        server.release(released);

        // when
        Reply renewReleased = server.renew(released);
        Reply renewUnknown = server.renew(UUID.randomUUID());
        Reply releaseAgain = server.release(released);
        Reply releaseUnknown = server.release(UUID.randomUUID());

        // then
        assertThat(renewReleased.status()).isEqualTo(410);
        assertThat(renewUnknown.status()).isEqualTo(410);
        assertThat(releaseAgain.status()).isEqualTo(204);
        assertThat(releaseUnknown.status()).isEqualTo(204);
    }

    @Test
    void aRepeatedReleaseFreesNothingOfOthers() {
        // given
        server.create("database", "\"limit\": 2");
        UUID mine = server.lease(1, "database");
        server.lease(1, "database");

        // when
        server.release(mine);
        server.release(mine);

        // then
        assertThat(server.activeSlots("database")).isEqualTo(1);
    }

    @Test
    void aLeaseOnNothingIsALease() {
        // given
        Reply unknown = server.acquire(1, "nowhere", "a/b");
        Reply none = server.acquire(3);
        UUID first = UUID.fromString(unknown.json().path("lease_id").asText());
        UUID second = UUID.fromString(none.json().path("lease_id").asText());

        // when
        server.restart();

        // then
        assertThat(unknown.json().path("limits")).isEmpty();
        assertThat(server.renew(first).status()).isEqualTo(204);
        assertThat(server.release(first).status()).isEqualTo(204);
        assertThat(server.renew(first).status()).isEqualTo(410);
        assertThat(server.renew(second).status()).isEqualTo(204);
    }

    @Test
    void aLeaseOnSeveralLimitsIsRenewedAndReleasedAsOne() {
        // given
        server.create("a", "\"limit\": 2");
        server.create("b", "\"limit\": 2");
        UUID lease = server.lease(2, "b", "a", "nowhere", "b");

        // when
        Reply renewed = server.renew(lease);
        Reply released = server.release(lease);

        // then
        assertThat(renewed.status()).isEqualTo(204);
        assertThat(released.status()).isEqualTo(204);
        assertThat(server.activeSlots("a")).isZero();
        assertThat(server.activeSlots("b")).isZero();
    }

    @Test
    void leasesOutliveTheGateway() {
        // given
        server.create("database", "\"limit\": 2");
        UUID lease = server.lease(2, "database");

        // when
        server.restart();

        // then
        assertThat(server.renew(lease).status()).isEqualTo(204);
        assertThat(server.release(lease).status()).isEqualTo(204);
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void aLimitLoweredBelowWhatIsHeldEvictsNoLease() {
        // given
        server.create("database", "\"limit\": 5");
        UUID lease = server.lease(4, "database");

        // when
        Reply lowered = server.patch(LIMITS + "/database", "{\"limit\": 2}");

        // then
        assertThat(lowered.status()).isEqualTo(204);
        assertThat(server.activeSlots("database")).isEqualTo(4);
        assertThat(server.acquire(2, "database").status()).isEqualTo(423);
        assertThat(server.acquire(3, "database").status()).isEqualTo(422);
        assertThat(server.release(lease).status()).isEqualTo(204);
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void whatIsHeldOfALimitOfZeroComesBack() {
        // given
        server.create("database", "\"limit\": 5");
        UUID released = server.lease(2, "database");
        server.lease(2, "database");
        server.patch(LIMITS + "/database", "{\"limit\": 0}");

        // when
        Reply reply = server.release(released);
        server.advance(300);

        // then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void whatIsReleasedWhileALimitIsInactiveIsNotStuck() {
        // given
        server.create("database", "\"limit\": 5");
        UUID released = server.lease(2, "database");
        server.lease(2, "database");
        server.patch(LIMITS + "/database", "{\"active\": false}");

        // when
        server.release(released);
        server.advance(300);
        server.patch(LIMITS + "/database", "{\"active\": true}");

        // then
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void whatWasAcquiredWhileALimitWasInactiveFreesNothingOfOthers() {
        // given
        server.create("database", "\"limit\": 2, \"active\": false");
        UUID taken = server.lease(2, "database");
        server.patch(LIMITS + "/database", "{\"active\": true}");
        server.lease(2, "database");

        // when
        server.release(taken);

        // then
        assertThat(server.activeSlots("database")).isEqualTo(2);
    }

    @Test
    void settingActiveSlotsNeverTouchesLeases() {
        // given
        server.create("database", "\"limit\": 5");
        UUID lease = server.lease(2, "database");
        server.increment(1, "database");

        // when
        server.patch(LIMITS + "/database", "{\"active_slots\": 0}");

        // then
        assertThat(server.activeSlots("database")).isEqualTo(2);
        server.release(lease);
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void writingBackWhatWasReadChangesNothing() {
        // given
        server.create("database", "\"limit\": 5");
        server.lease(2, "database");
        server.increment(1, "database");

        // when
        writeBack("database", 3, 0);

        // then
        assertThat(server.activeSlots("database")).isEqualTo(3);
    }

    @Test
    void writingBackWhatWasReadSomeTimeAgoAddsNothing() {
        // given
        server.create("database", "\"limit\": 5");
        UUID lease = server.lease(2, "database");
        server.increment(1, "database");
        server.release(lease);

        // when
        writeBack("database", 3, 0);

        // then
        assertThat(server.activeSlots("database")).isEqualTo(1);
    }

    @Test
    void writingBackWhatWasReadSomeTimeAgoTakesNothingFromADecay() {
        // given
        server.create("calls", "\"limit\": 5, \"slot_decay_per_second\": 1, \"active_slots\": 5");
        server.advance(2.1);

        // when
        writeBack("calls", 5, 1);

        // then
        assertThat(server.activeSlots("calls")).isEqualTo(3);
        assertThat(server.acquire(4, "calls").retryAfter()).isEqualTo(0.9);
    }

    @Test
    void aFormMayLowerWhatNoLeaseHolds() {
        // given
        server.create("database", "\"limit\": 5");
        server.lease(2, "database");
        server.increment(3, "database");

        // when
        writeBack("database", 3, 0);

        // then
        assertThat(server.activeSlots("database")).isEqualTo(3);
    }

    @Test
    void activeSlotsCanBeRaised() {
        // given
        server.create("database", "\"limit\": 5");
        server.lease(2, "database");

        // when
        server.patch(LIMITS + "/database", "{\"active_slots\": 5}");

        // then
        assertThat(server.activeSlots("database")).isEqualTo(5);
        assertThat(server.acquire(1, "database").status()).isEqualTo(423);
    }

    @Test
    void slotsOfADecayingLimitComeBackOnce() {
        // given
        server.create("calls", "\"limit\": 5, \"slot_decay_per_second\": 1");
        UUID three = server.lease(3, "calls");
        server.lease(2, "calls");
        server.advance(2.1);

        // when
        server.release(three);

        // then
        assertThat(server.activeSlots("calls")).isEqualTo(2);
    }

    @Test
    void aHolderIsKeptAsSent() {
        // given
        server.create("database", "\"limit\": 5");

        // when
        Reply reply = server.post(
                LIMITS + "/increment-with-lease",
                "{\"slots\": 1, \"names\": [\"database\"], \"holder\": {\"id\": \"" + RUN
                        + "\", \"type\": \"task_run\"}}");

        // then
        assertThat(lease(reply).holder().json()).isEqualTo("{\"type\":\"task_run\",\"id\":\"" + RUN + "\"}");
    }

    @Test
    void theFirstRenewalNamesTheHolder() {
        // given
        server.create("database", "\"limit\": 5");
        Reply acquired = server.acquire(1, "database");
        UUID lease = UUID.fromString(acquired.json().path("lease_id").asText());

        // when
        renewAs(lease, "nightly");
        renewAs(lease, "somebody else");

        // then
        assertThat(lease(acquired).holder().json())
                .isEqualTo("{\"flowId\":\"" + RUN + "\",\"flowName\":\"nightly\",\"workerName\":\"one\"}");
    }

    @Test
    void aHolderThatWasSentIsNotReplaced() {
        // given
        server.create("database", "\"limit\": 5");
        Reply acquired = server.post(
                LIMITS + "/increment-with-lease",
                "{\"slots\": 1, \"names\": [\"database\"], \"holder\": {\"type\": \"flow_run\", \"id\": \"" + RUN
                        + "\"}}");

        // when
        renewAs(UUID.fromString(acquired.json().path("lease_id").asText()), "nightly");

        // then
        assertThat(lease(acquired).holder().json()).isEqualTo("{\"type\":\"flow_run\",\"id\":\"" + RUN + "\"}");
    }

    /** All fields of a limit, as forms and provisioning tools send them. */
    private void writeBack(String limit, int activeSlots, int decay) {
        Reply reply = server.patch(
                LIMITS + "/" + limit,
                "{\"active\": true, \"name\": \"" + limit + "\", \"limit\": 6, \"active_slots\": " + activeSlots
                        + ", \"denied_slots\": 0, \"slot_decay_per_second\": " + decay + "}");
        assertThat(reply.status()).isEqualTo(204);
    }

    private void renewAs(UUID lease, String flow) {
        server.send(server.request(LIMITS + "/leases/" + lease + "/renew")
                .header("X-Prefect-Flow-Id", RUN)
                .header("X-Prefect-Flow-Name", flow)
                .header("X-Prefect-Worker-Name", "one")
                .POST(BodyPublishers.noBody())
                .build());
    }

    private Lease lease(Reply acquired) {
        return server.lease(UUID.fromString(acquired.json().path("lease_id").asText()));
    }
}
