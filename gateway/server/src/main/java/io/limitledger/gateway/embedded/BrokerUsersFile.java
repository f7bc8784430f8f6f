package io.limitledger.gateway.embedded;

import io.limitledger.gateway.machine.FileFailure;
import io.limitledger.gateway.machine.PrivateFiles;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.topics.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the programs that may use the embedded broker: a line for each, with name, role and password. */
public final class BrokerUsersFile {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerUsersFile.class);
    private static final int FIELDS = 3;

    private BrokerUsersFile() {}

    /**
     * Reads all of it. Empty lines, and those that begin with {@code #}, say nothing.
     *
     * @param option how the operator names the file
     * @throws StartException if a line is wrong; the message has the number of the line, and never its password
     */
    public static List<BrokerUser> read(String option, Path file) {
        try {
            if (PrivateFiles.isOpenToAll(file)) {
                LOG.warn("Every user of this machine may read the passwords in {}: chmod 600 {}", file, file);
            }
            return users(option + " is " + file, Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StartException(
                    option + " is " + file + ", a file with a line 'NAME ROLE PASSWORD' for each user: "
                            + FileFailure.inWords(e),
                    e);
        }
    }

    private static List<BrokerUser> users(String what, List<String> lines) {
        List<BrokerUser> users = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String where = what + ", whose line " + number;
            BrokerUser user = user(where, line);
            if (!names.add(user.name())) {
                throw new StartException(
                        where + " has the name '" + user.name() + "' a second time: give each user one");
            }
            users.add(user);
        }
        return users;
    }

    private static BrokerUser user(String where, String line) {
        String[] fields = line.split("\\s+", FIELDS);
        if (fields.length < FIELDS) {
            throw new StartException(where + " must be 'NAME ROLE PASSWORD'");
        }
        try {
            return new BrokerUser(fields[0], role(fields[1]), fields[2]);
        } catch (IllegalArgumentException e) {
            throw new StartException(where + " is wrong: " + e.getMessage(), e);
        }
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "its second word must be a role: gateway, gatekeeper, auditor, producer or holder"));
    }
}
