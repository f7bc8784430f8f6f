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
import java.util.Objects;

/** The contract, for machines and for readers. The page is drawn from the contract's JSON form, by itself. */
public final class ContractRoutes implements RouteGroup {
    private static final String CONTRACT = "/openapi.yaml";
    /** Of the records on Kafka; it comes with the ledger. */
    private static final String KAFKA_CONTRACT = "/asyncapi.yaml";

    /** Of the frames of a session. */
    private static final String SESSION_CONTRACT = "/session.yaml";

    private static final String PAGE = "/docs.html";
    /** Nothing but what this server sends: the page needs nothing else. */
    private static final String OWN_CONTENT_ONLY =
            "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'";

    @Override
    public void addTo(Routes routes) {
        String yaml = text(CONTRACT);
        HttpAnswer contract = HttpAnswer.text("application/yaml", yaml);
        HttpAnswer kafkaContract = HttpAnswer.text("application/yaml", text(KAFKA_CONTRACT));
        HttpAnswer sessionContract = HttpAnswer.text("application/yaml", text(SESSION_CONTRACT));
        HttpAnswer json = HttpAnswer.text("application/json", json(yaml).toString());
        HttpAnswer page = HttpAnswer.text("text/html; charset=utf-8", text(PAGE))
                .withHeader("Content-Security-Policy", OWN_CONTENT_ONLY);

        routes.get(CONTRACT, Need.PUBLIC, request -> contract.now());
        routes.get(KAFKA_CONTRACT, Need.PUBLIC, request -> kafkaContract.now());
        routes.get(SESSION_CONTRACT, Need.PUBLIC, request -> sessionContract.now());
        routes.get("/openapi.json", Need.PUBLIC, request -> json.now());
        routes.get("/docs", Need.PUBLIC, request -> page.now());
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
