package io.limitledger.gateway.stack;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The page's chapter for Java clients, each of its examples compiled and run as written, save for the address. */
final class JavaPage {
    private static final Path PAGE = Path.of("../../ledger/README.md");
    private static final String ADDRESS = "http://127.0.0.1:8080";
    private static final Pattern PUT = Pattern.compile("curl -X PUT (\\S+) -d '(.*)'");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final String CLASS = """
            import io.limitledger.client.*;
            import io.limitledger.core.command.*;
            import io.limitledger.holder.*;
            import io.limitledger.holder.Lease;
            import io.limitledger.topics.*;
            import io.limitledger.wire.*;
            import java.net.URI;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;

            public final class %1$s {
                public static void run(Map<String, Object> kafkaProperties) throws Exception {
                    %2$s
                }

                private static void work() {
                    System.setProperty("java-page", System.getProperty("java-page", "") + "work ");
                }

                private static long askTheModel() {
                    System.setProperty("java-page", System.getProperty("java-page", "") + "ask ");
                    return 812;
                }

                private static void stopWork() {}

                private static void tryAgainIn(Duration retryAfter) {}
            }
            """;

    private final Path directory;
    private final String gateway;
    private final String chapter;
    private final List<String> names = new ArrayList<>();

    JavaPage(Path directory, String gateway) throws Exception {
        this.directory = directory;
        this.gateway = gateway;
        String page = Files.readString(PAGE);
        this.chapter = page.substring(page.indexOf("## Java client"));
    }

    void createLimits() throws Exception {
        for (MatchResult put : PUT.matcher(chapter).results().toList()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(put.group(1).replace(ADDRESS, gateway)))
                    .PUT(BodyPublishers.ofString(put.group(2)))
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(response.body());
            }
        }
    }

    /** All at once: a compiler that has just started takes most of its time for the first class. */
    void compile() throws Exception {
        List<String> examples =
                EXAMPLE.matcher(chapter).results().map(found -> found.group(1)).toList();
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
        for (String example : examples) {
            String name = "Example" + names.size();
            names.add(name);
            arguments.add(Files.writeString(
                            directory.resolve(name + ".java"), CLASS.formatted(name, example.replace(ADDRESS, gateway)))
                    .toString());
        }
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (errors != 0) {
            throw new AssertionError("An example of " + PAGE + " does not compile; see above");
        }
    }

    void run(Map<String, Object> kafkaProperties) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            for (String name : names) {
                loader.loadClass(name).getMethod("run", Map.class).invoke(null, kafkaProperties);
            }
        }
    }

    String reports() {
        return System.getProperty("java-page");
    }
}
