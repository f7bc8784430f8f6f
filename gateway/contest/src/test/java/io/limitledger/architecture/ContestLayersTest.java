package io.limitledger.architecture;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The contest, which may use the public client and nothing else of the product. */
class ContestLayersTest {
    @Test
    void packagesUseOnlyPackagesBelowThem() throws IOException {
        Layers.check("gateway/contest");
    }
}
