package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Connections and the descriptors that they leave for files. */
class FileDescriptorsTest {
    @Test
    void leavesAnEighthOfTheDescriptorsFree() {
        // given
        FileDescriptors descriptors = new FileDescriptors(1_024, () -> 200);

        // when
        int most = descriptors.mostConnections(10);

        // then
        assertThat(most).isEqualTo(10 + 1_024 - 128 - 200);
    }

    @Test
    void leavesEnoughForABrokerWhereThereAreFew() {
        // given
        FileDescriptors descriptors = new FileDescriptors(256, () -> 150);

        // when
        int most = descriptors.mostConnections(0);

        // then
        assertThat(most).isEqualTo(256 - 48 - 150);
    }

    @Test
    void takesOneConnectionEvenIfFilesHaveAllTheRest() {
        // given
        FileDescriptors descriptors = new FileDescriptors(256, () -> 250);

        // when
        int most = descriptors.mostConnections(5);

        // then
        assertThat(most).isEqualTo(1);
    }
}
