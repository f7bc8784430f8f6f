package io.limitledger.gateway.http.request;

import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.gateway.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks requests, and reports all mistakes of one at once. */
public final class Valid {
    /** Of limits that the gateway makes for itself. */
    private static final String RESERVED_PREFIX = "limit-ledger:";

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private Valid() {}

    /** A command, with what its body's reader found: the core's checks add what it could not know. */
    public static <C extends LimitCommand> C command(C command, JsonBody body) {
        return command(command, body.mistakes());
    }

    public static <C extends LimitCommand> C command(C command) {
        return command(command, List.of());
    }

    /** A name that a limit is to have from now on; clients could not address it. */
    public static void newName(String field, @Nullable String name) {
        if (".".equals(name) || "..".equals(name)) {
            check(List.of(new InvalidField(
                    field, "Expected another name than '.' and '..', which most clients take for steps in a path")));
        }
    }

    private static <C extends LimitCommand> C command(C command, List<InvalidField> ofBody) {
        List<InvalidField> ofName = ofName(command.limit());
        Set<String> reported = fields(ofBody);
        List<InvalidField> all = new ArrayList<>(inPath(ofName));
        if (command.limit() != null && isReserved(command.limit())) {
            all.add(reserved("name", command.limit()));
        }
        all.addAll(ofBody);
        command.invalidFields().stream()
                .filter(mistake -> !ofName.contains(mistake) && !reported.contains(mistake.field()))
                .forEach(all::add);
        check(all);
        return command;
    }

    /** What a body asks for, with what its reader found. */
    public static void fields(List<InvalidField> ofRequest, JsonBody body) {
        List<InvalidField> all = new ArrayList<>(body.mistakes());
        Set<String> reported = fields(all);
        ofRequest.stream()
                .filter(mistake -> !reported.contains(mistake.field()))
                .forEach(all::add);
        check(all);
    }

    /** Without the indexes of arrays, which the core's checks do not name. */
    private static Set<String> fields(List<InvalidField> mistakes) {
        return mistakes.stream()
                .map(mistake -> INDEX.matcher(mistake.field()).replaceAll(""))
                .collect(Collectors.toSet());
    }

    /** The name of a limit in a path. */
    public static String name(String name) {
        check(inPath(ofName(name)));
        return name;
    }

    /** Whether a name is kept for limits that the gateway makes for itself. */
    public static boolean isReserved(String name) {
        return name.startsWith(RESERVED_PREFIX);
    }

    /** The mistake of who would change such a limit, or take its slots; it may be read. */
    public static InvalidField reserved(String field, String name) {
        return new InvalidField(
                field,
                "'" + name + "' is reserved: limits whose names begin with '" + RESERVED_PREFIX
                        + "' belong to the gateway and can only be read; choose another name");
    }

    static void check(List<InvalidField> mistakes) {
        if (!mistakes.isEmpty()) {
            throw ProblemException.invalid(mistakes);
        }
    }

    private static List<InvalidField> ofName(@Nullable String name) {
        return name == null ? List.of() : new DeleteLimit(name).invalidFields();
    }

    /** In commands the name's field is {@code limit}, in paths it is {@code name}. */
    private static List<InvalidField> inPath(List<InvalidField> ofName) {
        return ofName.stream()
                .map(mistake -> new InvalidField("name", mistake.message()))
                .toList();
    }
}
