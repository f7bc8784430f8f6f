package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.limitledger.gateway.http.GatewayExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Limits as a file: apply, diff, export, schema. */
class LimitsFileCommandsTest {
    private static final String FILE = """
            limits:
              - name: database
                limit: 10
              - name: calls
                limit: 20
                slotDecayPerSecond: 0.50
              - name: mail
                quotas:
                  - {slots: 1000, per: day, zone: Europe/Berlin, at: 08:00}
                  - {slots: 100, perSeconds: 60}
              - name: import
                limit: 100
                perKey: {limit: 2}
                order: fair
                overrides:
                  - {key: customer-42, limit: 20, weight: 3}
                  - {key: 7, limit: 1}
            """;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void createsWhatIsNotThere() throws IOException {
        // when
        int exitCode = limits("apply", "-f", file(FILE));

        // then
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "+ database: limit 10",
                        "+ calls: limit 20, slotDecayPerSecond 0.5",
                        "+ mail: quotas [1000/day@Europe/Berlin,08:00, 100/60s]",
                        "+ import: limit 100, order fair, perKey {\"limit\":2}",
                        "+ import, key 7: limit 1",
                        "+ import, key customer-42: limit 20, weight 3",
                        "4 created, 0 changed, 0 deleted, 0 as they are");
        assertThat(gateway.get("/v1/limits/import/keys/customer-42")
                        .json()
                        .path("limit")
                        .asInt())
                .isEqualTo(20);
    }

    @Test
    void changesNothingTwice() throws IOException {
        // given
        String file = file(FILE);
        limits("apply", "-f", file);
        clear();

        // when
        int exitCode = limits("apply", "-f", file);

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("0 created, 0 changed, 0 deleted, 4 as they are");
    }

    @Test
    void keepsLeasesAndReportsWhatChanged() throws IOException {
        // given
        limits("apply", "-f", file(FILE));
        gateway.post("/v1/limits/database/leases", "{\"slots\": 3}");
        clear();

        // when
        int exitCode = limits(
                "apply",
                "-f",
                file(FILE.replace("limit: 10\n", "limit: 2\n    active: false\n")
                        .replace("      - {key: 7, limit: 1}\n", "")
                        .replace("slotDecayPerSecond: 0.50", "maxWaiting: 5")));

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "~ database: active true -> false, limit 10 -> 2",
                        "~ calls: maxWaiting none -> 5, slotDecayPerSecond 0.5 -> 0",
                        "- import, key 7",
                        "0 created, 3 changed, 0 deleted, 1 as they are");
        assertThat(gateway.get("/v1/limits/database").json().path("leases").asInt())
                .isEqualTo(1);
    }

    @Test
    void findsAllMistakesBeforeAnythingIsChanged() throws IOException {
        // given
        String file = file("""
                limits:
                  - name: a
                    limit: -1
                    quotas:
                      - {slots: 5, perSeconds: 60}
                      - {slots: 0, per: fortnight}
                  - limit: 3
                  - name: b/c
                    limt: 3
                  - name: d
                    limit: 1
                    limit: 2
                  - name: a
                    limit: 5
                    overrides:
                      - {key: k, limit: many}
                """);

        // when
        int exitCode = limits("apply", "-f", file);

        // then
        assertThat(exitCode).isEqualTo(65);
        assertThat(err.toString().lines().map(line -> line.replace(file, "limits.yaml")))
                .containsExactly(
                        "limits.yaml:3:12: limit: Expected 0 to 2147483647, but got -1",
                        "limits.yaml:5:7: quotas.slots: Expected 1 to 2147483647, but got 0",
                        "limits.yaml:6:25: quotas[1].per: Expected one of 'minute', 'hour', 'day', 'week', 'month', but got"
                                + " \"fortnight\"",
                        "limits.yaml:7:5: Expected a definition with a 'name'",
                        "limits.yaml:8:5: limit: Expected limit, quotas or perKey, but it is missing",
                        "limits.yaml:8:11: name: Expected none of / % & > < and no control characters or half surrogates, but"
                                + " got 'b/c'",
                        "limits.yaml:9:11: limt: Expected only limit, slotDecayPerSecond, active, quotas, perKey, order,"
                                + " maxWaiting, whenFull, but got another key",
                        "limits.yaml:12:5: 'limit' is given twice here",
                        "limits.yaml:13:11: Limit 'a' is defined already at limits.yaml:2",
                        "limits.yaml:16:7: Overrides count for nothing on a limit without 'perKey'",
                        "limits.yaml:16:25: limit: Expected a whole number, but got \"many\"",
                        "11 mistakes; nothing was changed.");
        assertThat(gateway.get("/v1/limits").json().path("limits")).isEmpty();
    }

    @Test
    void namesTheLineOfWhatIsNotYaml() throws IOException {
        // when
        int exitCode = limits("diff", "-f", file("limits:\n  - name: [a\n"));

        // then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains(":3:1: This is not YAML: expected ',' or ']'")
                .doesNotContain("Exception");
    }

    @Test
    void saysWhichFileCannotBeRead() {
        // when
        int exitCode = limits("apply", "-f", "no-such-file");

        // then
        assertThat(exitCode).isEqualTo(66);
        assertThat(err.toString()).contains("limits apply: 'no-such-file' cannot be read: it does not exist");
    }

    @Test
    void showsDifferencesAndMakesNone() throws IOException {
        // given
        String file = file(FILE);
        limits("create", "team-old", "--limit", "1");
        clear();

        // when
        int differs = limits("diff", "-f", file, "--prefix", "team-");
        int dry = limits("apply", "-f", file, "--prune", "--prefix", "team-", "--dry-run");

        // then
        assertThat(differs).isEqualTo(1);
        assertThat(dry).isZero();
        assertThat(out.toString())
                .contains(
                        "+ database: limit 10",
                        "- team-old",
                        "Dry run: 4 to create, 0 to change, 1 to delete, 0 as they are");
        assertThat(gateway.get("/v1/limits").json().path("limits")).hasSize(1);
    }

    @Test
    void deletesOnlyWhatThePrefixAllows() throws IOException {
        // given
        limits("create", "team-old", "--limit", "1");
        limits("create", "other", "--limit", "1");
        limits("create", "limits-of-the-team-", "--limit", "1");

        // when
        int exitCode = limits("apply", "-f", file(FILE), "--prune", "--prefix", "team-", "--yes");

        // then
        assertThat(exitCode).isZero();
        assertThat(names()).containsExactly("calls", "database", "import", "limits-of-the-team-", "mail", "other");
    }

    @Test
    void exportsWhatAppliesToTheSame() throws IOException {
        // given
        limits("apply", "-f", file(FILE));
        clear();
        limits("export");
        String yaml = file(out.toString());
        clear();
        limits("export", "-o", "json");
        String json = file(out.toString());
        clear();

        // when
        int ofYaml = limits("diff", "-f", yaml);
        int ofJson = limits("diff", "-f", json);

        // then
        assertThat(out.toString()).isEmpty();
        assertThat(ofYaml).isZero();
        assertThat(ofJson).isZero();
        assertThat(schema().validate(Files.readString(Path.of(json)), InputFormat.JSON))
                .isEmpty();
        assertThat(schema().validate(Files.readString(Path.of(yaml)), InputFormat.YAML))
                .isEmpty();
    }

    @Test
    void schemaKnowsTheFieldsOfTheInterface() throws IOException {
        // given
        ObjectMapper mapper = new ObjectMapper();
        limits("schema");
        JsonNode file = mapper.readTree(out.toString()).path("$defs");

        // when
        JsonNode api = gateway.get("/openapi.json").json().path("components").path("schemas");

        // then
        assertThat(fields(file.path("limit")))
                .containsExactlyInAnyOrder(with(fields(api.path("LimitDefinition")), "name", "overrides"));
        assertThat(fields(file.path("quota"))).containsExactlyInAnyOrder(with(fields(api.path("QuotaDefinition"))));
        assertThat(fields(file.path("perKey"))).containsExactlyInAnyOrder(with(fields(api.path("PerKeyDefinition"))));
        assertThat(fields(file.path("override")))
                .containsExactlyInAnyOrder(with(fields(api.path("KeyOverride")), "key"));
    }

    @Test
    void appliesThousandsWithinSeconds() throws IOException {
        // given
        String file = file(IntStream.range(0, 5_000)
                .mapToObj(number -> "  - {name: limit-" + number + ", limit: " + number + "}\n")
                .collect(Collectors.joining("", "limits:\n", "")));
        long begin = System.nanoTime();

        // when
        int exitCode = limits("apply", "-f", file);

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("5000 created, 0 changed, 0 deleted, 0 as they are");
        // A machine with two busy cores takes a multiple of what one takes that is idle.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new String(
                        LimitsFileCommandsTest.class
                                .getResourceAsStream("file/limits.schema.json")
                                .readAllBytes(),
                        StandardCharsets.UTF_8));
    }

    private static Stream<String> fields(JsonNode schema) {
        return schema.path("properties").propertyStream().map(field -> field.getKey());
    }

    private static String[] with(Stream<String> fields, String... more) {
        return Stream.concat(fields, Arrays.stream(more)).toArray(String[]::new);
    }

    private static Stream<String> names() {
        return gateway.get("/v1/limits")
                .json()
                .path("limits")
                .valueStream()
                .map(limit -> limit.path("name").asText());
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "limits", ".yaml"), text)
                .toString();
    }

    private int limits(String... arguments) {
        boolean asks = !arguments[0].equals("schema");
        Stream<String> address =
                Stream.of("--url", "http://127.0.0.1:" + gateway.server().port());
        return LimitsCommand.commandLine(arguments[0])
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Arrays.stream(arguments), asks ? address : Stream.of())
                        .toArray(String[]::new));
    }

    private void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }
}
