package io.limitledger.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layers of the gateway, and which of them know HTTP. */
class ServerLayersTest {
    private static final String GATEWAY = "io.limitledger.gateway.";

    @Test
    void packagesUseOnlyPackagesBelowThem() throws IOException {
        Layers.check("gateway/server");
    }

    @Test
    void eventsAndViewKnowNoHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        GATEWAY + "access..",
                        GATEWAY + "events..",
                        GATEWAY + "view..",
                        GATEWAY + "admission..",
                        GATEWAY + "embedded..",
                        GATEWAY + "machine..",
                        GATEWAY + "memory..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY + "http..", "io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
                .because("what is read from Kafka is the same, however it is served")
                .check(Layers.mainClasses());
    }

    @Test
    void onlyTheServerKnowsJetty() {
        noClasses()
                .that()
                .resideInAPackage("io.limitledger.gateway..")
                .and()
                .resideOutsideOfPackage(GATEWAY + "http.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .because("handlers only translate, so that the web server can be replaced")
                .check(Layers.mainClasses());
    }

    @Test
    void theApisKnowNothingOfEachOther() {
        noClasses()
                .that()
                .resideInAPackage(GATEWAY + "prefect..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(GATEWAY + "http.v1..")
                .because("each API has its own contract")
                .check(Layers.mainClasses());
    }
}
