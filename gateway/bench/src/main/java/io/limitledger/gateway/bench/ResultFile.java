package io.limitledger.gateway.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Results for programs, in JSON: every round of every contest, and on what they were measured. */
public final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFile() {}

    private record Content(Machine machine, BenchPlan plan, List<Result> results, List<Double> startSeconds) {}

    private record Machine(int processors, String java, String system) {
        static Machine here() {
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        }
    }

    /**
     * Replaces the file.
     *
     * @param startSeconds of each start that was measured; empty if none was
     */
    public static void write(Path file, BenchPlan plan, List<Result> results, List<Double> startSeconds)
            throws IOException {
        JSON.writeValue(file.toFile(), new Content(Machine.here(), plan, results, startSeconds));
    }
}
