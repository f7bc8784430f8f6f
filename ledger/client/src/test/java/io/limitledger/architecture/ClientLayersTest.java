package io.limitledger.architecture;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layers of what a client of the ledger needs. */
class ClientLayersTest {
    @Test
    void packagesUseOnlyPackagesBelowThem() throws IOException {
        Layers.check("ledger/client");
    }
}
