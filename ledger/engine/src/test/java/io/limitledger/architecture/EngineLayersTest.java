package io.limitledger.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layers of the ledger on Kafka Streams. */
class EngineLayersTest {
    @Test
    void packagesUseOnlyPackagesBelowThem() throws IOException {
        Layers.check("ledger/engine");
    }

    @Test
    void theLedgerKnowsNoClient() {
        noClasses()
                .that()
                .resideInAnyPackage("io.limitledger.topology..", "io.limitledger.truth..", "io.limitledger.audit..")
                .or()
                .resideInAPackage("io.limitledger.restore..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.limitledger.client..", "io.limitledger.lease..", "io.limitledger.holder..")
                .because("commands and replies are records on topics, whichever client sends and reads them")
                .check(Layers.mainClasses());
    }
}
