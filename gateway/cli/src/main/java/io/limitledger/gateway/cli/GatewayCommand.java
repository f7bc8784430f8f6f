package io.limitledger.gateway.cli;

import io.limitledger.client.LocalAskers;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.GatewayRole;
import io.limitledger.gateway.process.GatewaySettings;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.gateway.process.ServerProcess;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsSetup;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code limits gateway}: serves HTTP for a ledger that runs elsewhere. Any number of them may run side by side. */
@Command(
        name = "gateway",
        description = "Run one instance of the gateway on an existing Kafka cluster.",
        mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private HttpOptions http = new HttpOptions();

    @Override
    public Integer call() throws Exception {
        return ServerProcess.run(running -> {
            ProgressPrinter progress = running.progress();
            GatewaySettings settings = http.gateway();
            Map<String, Object> client = kafka.clientProperties();
            PartitionCounts partitions = TopicsSetup.ensure(client, kafka.topics(), settings.roles());
            progress.step("topics are there");
            kafka.unused(partitions).forEach(progress::step);
            Meters meters = running.add(new Meters());
            Readiness rights = KafkaOptions.watchRights(running, client, settings.roles());
            GatewayRole gateway =
                    running.add(GatewayRole.start(settings, client, partitions, new LocalAskers(), meters, rights));
            progress.step(http.served(gateway.port()));
            gateway.newToken().ifPresent(token -> progress.say(NewTokenNotice.of(token, http.url(gateway.port()))));
            running.await(gateway::isReady, () -> "the gateway is " + gateway.state());
            progress.step("ready");
        });
    }
}
