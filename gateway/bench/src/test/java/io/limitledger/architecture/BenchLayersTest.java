package io.limitledger.architecture;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The benchmark, which may use all of the product except its command line. */
class BenchLayersTest {
    @Test
    void packagesUseOnlyPackagesBelowThem() throws IOException {
        Layers.check("gateway/bench");
    }
}
