package io.limitledger.gateway.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A heap that follows what is in use, up and down, instead of growing towards its bound, which is a quarter of the machine unless
 * {@code -Xmx} says otherwise. {@code java -jar} takes no options from the jar, but the JVM lets some be changed while it runs.
 * What the operator has set stays.
 */
public final class HeapSize {
    private static final Logger LOG = LoggerFactory.getLogger(HeapSize.class);

    /** Each with its reason. */
    private static final Map<String, String> OPTIONS = options();

    private HeapSize() {}

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        // Percent of the heap that may be free after a collection; beyond, it is given back (default: 70). In this
        // order, since the one must not exceed the other.
        options.put("MinHeapFreeRatio", "10");
        options.put("MaxHeapFreeRatio", "25");
        // A process that allocates next to nothing would not collect for hours, and keep what its start took. The
        // default is never.
        options.put("G1PeriodicGCInterval", "60000");
        return options;
    }

    /** From now on. Does nothing on a JVM that is not HotSpot. */
    public static void followUse() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) {
            OPTIONS.forEach((name, value) -> set(jvm, name, value));
        }
    }

    private static void set(HotSpotDiagnosticMXBean jvm, String name, String value) {
        try {
            VMOption option = jvm.getVMOption(name);
            if (option.isWriteable() && option.getOrigin() == VMOption.Origin.DEFAULT) {
                jvm.setVMOption(name, value);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("This JVM has no option {}", name, e);
        }
    }
}
