package io.limitledger.architecture;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layers of the core. */
class CoreLayersTest {
    @Test
    void packagesUseOnlyPackagesBelowThem() throws IOException {
        Layers.check("ledger/core");
    }
}
