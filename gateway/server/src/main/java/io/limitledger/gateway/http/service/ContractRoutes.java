package io.limitledger.gateway.http.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contract, for machines and for readers. The page is drawn from the contract's JSON form, by itself. */
public final class ContractRoutes implements RouteGroup {
    private static final String CONTRACT = "/openapi.yaml";
    /** Of the records on Kafka; it comes with the ledger. */
    private static final String KAFKA_CONTRACT = "/asyncapi.yaml";

    /** Of the frames of a session. */
    private static final String SESSION_CONTRACT = "/session.yaml";

    private static final String PAGE = "/docs.html";
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    @Override
    public void addTo(Routes routes) {
        String yaml = text(CONTRACT);
        HttpAnswer contract = HttpAnswer.text("application/yaml", yaml);
        HttpAnswer kafkaContract = HttpAnswer.text("application/yaml", text(KAFKA_CONTRACT));
        HttpAnswer sessionContract = HttpAnswer.text("application/yaml", text(SESSION_CONTRACT));
        HttpAnswer json = HttpAnswer.text("application/json", json(yaml).toString());
        String html = text(PAGE);
        HttpAnswer page = HttpAnswer.text("text/html; charset=utf-8", html)
                .withHeader("Content-Security-Policy", ownContentOnly(html));

        routes.get(CONTRACT, Need.PUBLIC, request -> contract.now());
        routes.get(KAFKA_CONTRACT, Need.PUBLIC, request -> kafkaContract.now());
        routes.get(SESSION_CONTRACT, Need.PUBLIC, request -> sessionContract.now());
        routes.get("/openapi.json", Need.PUBLIC, request -> json.now());
        routes.get("/docs", Need.PUBLIC, request -> page.now());
    }

    /** The script and the style that the page is sent with, and the contract; nothing else, wherever it may come from. */
    private static String ownContentOnly(String html) {
        return "default-src 'none'; connect-src 'self'; script-src " + hash(SCRIPT, html) + "; style-src "
                + hash(STYLE, html) + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hash(Pattern element, String html) {
        Matcher found = element.matcher(html);
        if (!found.find()) {
            throw new IllegalStateException("Expected " + element + " in " + PAGE);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static JsonNode json(String yaml) {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected " + CONTRACT + " to be YAML", e);
        }
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(ContractRoutes.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
