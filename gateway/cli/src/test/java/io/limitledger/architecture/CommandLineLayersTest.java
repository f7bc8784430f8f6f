package io.limitledger.architecture;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layers of the command line. */
class CommandLineLayersTest {
    @Test
    void packagesUseOnlyPackagesBelowThem() throws IOException {
        Layers.check("gateway/cli");
    }
}
