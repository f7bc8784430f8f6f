package io.limitledger.gateway.cli;

import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.server.GatewayServer;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.http.service.ProblemPages;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.http.service.ServiceRoutes;
import io.limitledger.gateway.machine.ListenAddress;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.LedgerRole;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.gateway.process.ServerProcess;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.Role;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.topology.KafkaOutbox.LocalDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code limits ledger}: decides commands on an existing cluster. As many of them as wanted share the partitions. */
@Command(
        name = "ledger",
        description = "Run one instance of the ledger on an existing Kafka cluster.",
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Option(
            names = "--host",
            defaultValue = HttpAddress.DEFAULT_HOST,
            description = "Address to serve health and metrics on (default: ${DEFAULT-VALUE}).")
    private String host = HttpAddress.DEFAULT_HOST;

    @Option(names = "--port", description = "Port to serve health and metrics on (default: they are not served).")
    private @Nullable Integer port;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "Where health and metrics are asked for by another name than the own addresses, such as"
                    + " http://ledger:8080. May be given several times.")
    private List<String> publicUrls = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        return ServerProcess.run(running -> {
            ProgressPrinter progress = running.progress();
            if (port != null) {
                ListenAddress.check("--host", host, "--port", port);
            }
            LedgerRole.Options options = ledger.role(false);
            Map<String, Object> client = kafka.clientProperties();
            PartitionCounts partitions = TopicsSetup.ensure(client, kafka.topics(), Role.LEDGER);
            progress.step("topics are there, " + partitions.commands() + " partitions of commands");
            kafka.unused(partitions).forEach(progress::step);
            ledger.acceptLossIfAsked(client, partitions.commands(), progress);
            Meters meters = running.add(new Meters());
            LedgerRole role = running.add(
                    LedgerRole.start(options, client, partitions, LocalDelivery.NONE, meters, running.rescue(null)));
            if (port != null) {
                Readiness rights = KafkaOptions.watchRights(running, client, Role.LEDGER);
                serveHealth(
                        running,
                        new HttpAddress(host, port, AuthOptions.site(publicUrls, List.of())),
                        () -> both(role.readiness(), rights.parts()),
                        meters);
            }
            running.await(() -> role.isRunning() || !role.difference().isEmpty(), () -> "ledger: " + role.state());
            progress.step(role.difference().isEmpty() ? "the ledger decides" : "not ready: " + role.difference());
        });
    }

    private static List<Readiness.Part> both(List<Readiness.Part> some, List<Readiness.Part> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static void serveHealth(ServerProcess running, HttpAddress address, Readiness readiness, Meters meters) {
        ServiceRoutes routes = new ServiceRoutes(readiness, meters::scrape);
        GatewayServer server =
                running.add(GatewayServer.start(address, HttpObserver.NONE, List.of(routes, new ProblemPages())));
        running.progress().step("health and metrics on " + address.host() + ":" + server.port());
    }
}
