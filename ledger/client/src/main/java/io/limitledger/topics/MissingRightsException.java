package io.limitledger.topics;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kafka denies a process rights that it needs. The message names each right, what it is for, who lacks it, and how to give it. */
public final class MissingRightsException extends TopicSetupException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** In what a client's {@code sasl.jaas.config} says to the broker; never more of it than the name. */
    private static final Pattern USER_NAME = Pattern.compile("\\busername\\s*=\\s*[\"']?([^\"';\\s]+)");

    private final transient List<KafkaRight> missing;

    MissingRightsException(Map<String, ?> clientProperties, List<KafkaRight> missing) {
        super(message(clientProperties, missing));
        this.missing = List.copyOf(missing);
    }

    public List<KafkaRight> missing() {
        return missing;
    }

    private static String message(Map<String, ?> clientProperties, List<KafkaRight> missing) {
        Map<String, List<KafkaRight>> byResource = missing.stream()
                .collect(Collectors.groupingBy(KafkaRight::resource, LinkedHashMap::new, Collectors.toList()));
        return byResource.entrySet().stream()
                .map(denied -> sentence(clientProperties, denied.getKey(), denied.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String sentence(Map<String, ?> clientProperties, String resource, List<KafkaRight> denied) {
        String principal = principal(clientProperties);
        return "Kafka at " + clientProperties.get("bootstrap.servers") + " denies "
                + (principal.isEmpty() ? "this client" : principal) + " "
                + joined(denied, right -> right.operation().name(), " and ") + " on " + resource
                + ", needed to " + joined(denied, KafkaRight::purpose, " and to ")
                + ". Allow it with kafka-acls.sh --add --allow-principal "
                + (principal.isEmpty() ? "User:..." : principal) + " "
                + joined(denied, KafkaRight::aclOption, " ") + " --" + resource;
    }

    private static String joined(List<KafkaRight> rights, Function<KafkaRight, String> part, String separator) {
        return rights.stream().map(part).collect(Collectors.joining(separator));
    }

    /** As whom the client signs in with SASL; empty where that cannot be read off its settings, as with a certificate. */
    private static String principal(Map<String, ?> clientProperties) {
        Object jaas = clientProperties.get("sasl.jaas.config");
        Matcher userName = USER_NAME.matcher(jaas == null ? "" : jaas.toString());
        return userName.find() ? "User:" + userName.group(1) : "";
    }
}
