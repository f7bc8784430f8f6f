package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.server.ServedRoute;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Holds routes and contract together. That answers follow the contract is checked by {@link GatewayExtension}, for each
 * answer of each test.
 */
class ContractTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final Contract contract = Contract.contract();

    @Test
    void hasEachRouteAndNoOther() {
        // when
        List<String> routes = gateway.server().routes().stream()
                .filter(ServedRoute::isListed)
                .map(ServedRoute::operation)
                .toList();

        // then
        assertThat(routes).containsExactlyInAnyOrderElementsOf(contract.operations());
    }

    @Test
    void saysWhatEachOperationNeedsOfItsCaller() {
        // when
        Map<String, String> needs = gateway.server().routes().stream()
                .filter(ServedRoute::isListed)
                .collect(Collectors.toMap(
                        ServedRoute::operation, route -> route.need().text()));

        // then
        assertThat(contract.needs()).isEqualTo(needs);
    }

    @TestFactory
    Stream<DynamicTest> examplesFollowTheirSchemas() {
        return contract.examples().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.place(),
                        () -> assertThat(contract.mistakes(example.schema(), example.value()))
                                .isEmpty()));
    }

    @Test
    void noticesAnAnswerThatBreaksIt() {
        // given
        JsonNode schema = contract.examples().get(0).schema();
        JsonNode broken = JsonNodeFactory.instance.objectNode().put("limits", 5);

        // when
        List<String> mistakes = contract.mistakes(schema, broken);

        // then
        assertThat(mistakes).isNotEmpty();
    }

    @Test
    void isServedInTwoForms() {
        // when
        Reply yaml = gateway.get("/openapi.yaml");
        Reply json = gateway.get("/openapi.json");

        // then
        assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(yaml.text()).startsWith("openapi: 3.1.0");
        assertThat(json.json().path("paths").size()).isPositive();
    }

    @Test
    void hasAPageThatNeedsNothingFromElsewhere() {
        // when
        Reply page = gateway.get("/docs");

        // then
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.text()).contains("/openapi.json").doesNotContain("http://", "https://");
        assertThat(gateway.get("/").header("Location")).isEqualTo("/docs");
    }

    @TestFactory
    Stream<DynamicTest> explainsEachProblem() {
        return Stream.of(ProblemType.values())
                .map(type -> DynamicTest.dynamicTest(
                        type.slug(),
                        () -> assertThat(gateway.get(type.uri().toString()).text())
                                .contains(type.title(), Integer.toString(type.status()), type.advice())));
    }

    @Test
    void hasNoPageForAProblemThatIsNone() {
        // when
        Reply page = gateway.get("/problems/bad-weather");

        // then
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.problem()).isEqualTo("route-not-found");
    }
}
