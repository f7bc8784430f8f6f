package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.topics.KafkaRight;
import io.limitledger.topics.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that grants each role its rights on a cluster grants those of the table, and no others. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a shell")
class AclsScriptTest {
    private static final Path SCRIPT = Path.of("../../compose/secured/acls.sh");

    private static final Map<Role, String> USERS = Map.of(
            Role.LEDGER, "ledger",
            Role.GATEWAY, "gateway",
            Role.GATEKEEPER, "gateway",
            Role.AUDITOR, "auditor",
            Role.PRODUCER, "billing",
            Role.HOLDER, "worker");

    /** Besides the table: for the first start, which makes the topics; transactions; and the topic of a producer's replies. */
    private static final List<String> BESIDES = List.of(
            "ledger Write --transactional-id limit-ledger-",
            "gateway Write --transactional-id limit-ledger-access",
            "ledger Write --topic billing-replies",
            "billing Read --topic billing-replies");

    @TempDir
    private Path directory;

    @Test
    void shouldGrantTheRightsOfTheTableAndNoOthers() throws Exception {
        // given
        List<String> expected = new ArrayList<>(BESIDES);
        USERS.forEach((role, user) -> role.rights().forEach(right -> expected.add(user + " " + inWords(right))));

        // when
        List<String> granted = granted();

        // then
        assertThat(granted.stream().filter(grant -> !grant.contains(" Create ")))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(granted)
                .filteredOn(grant -> grant.contains(" Create "))
                .allMatch(grant -> grant.matches("(ledger|gateway) Create --topic limit.*"));
    }

    private static String inWords(KafkaRight right) {
        String operation = Arrays.stream(right.operation().name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return operation + " --" + right.type().name().toLowerCase(Locale.ROOT) + " " + right.name();
    }

    /** Runs the script with a program in place of Kafka's that writes down its arguments. */
    private List<String> granted() throws Exception {
        Path calls = directory.resolve("calls");
        Path stub = Files.writeString(directory.resolve("acls"), "#!/bin/sh\necho \"$*\" >> '" + calls + "'\n");
        Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder script = new ProcessBuilder("sh", SCRIPT.toString(), "--bootstrap-server", "kafka:1");
        script.environment().put("KAFKA_ACLS", stub.toString());
        Process process = script.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return Files.readAllLines(calls).stream()
                .flatMap(line -> grants(line).stream())
                .toList();
    }

    private static List<String> grants(String line) {
        List<String> words = List.of(line.split(" ", -1));
        String user = words.get(words.indexOf("--allow-principal") + 1).replace("User:", "");
        String resource = words.stream()
                .filter(List.of("--topic", "--group", "--transactional-id")::contains)
                .map(kind -> kind + " " + words.get(words.indexOf(kind) + 1))
                .findFirst()
                .orElseThrow();
        List<String> grants = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            if (words.get(at).equals("--operation")) {
                grants.add(user + " " + words.get(at + 1) + " " + resource);
            }
        }
        return grants;
    }
}
