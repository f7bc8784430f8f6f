package io.limitledger.gateway.bench;

import io.limitledger.client.LocalAskers;
import io.limitledger.gateway.embedded.EmbeddedBroker;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.GatewayRole;
import io.limitledger.gateway.process.GatewaySettings;
import io.limitledger.gateway.process.LedgerRole;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.gateway.process.Rescue;
import io.limitledger.gateway.process.Shutdown;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.topology.LedgerSettings;
import io.limitledger.topology.ReplyTopics;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** What {@code limits serve} runs, in this process and on a directory that is gone afterwards. */
public final class BenchServer {
    private BenchServer() {}

    /** Ready when it returns; stops with what it was added to. */
    public static BenchTarget start(Shutdown running, LedgerTopics topics, ProgressPrinter progress) throws Exception {
        progress.step("starting a server of its own");
        Path data = running.add(TemporaryDirectory.create()).path();
        EmbeddedBroker broker = running.add(EmbeddedBroker.start(data, 0));
        Map<String, Object> kafka = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        PartitionCounts partitions = TopicsSetup.ensure(kafka, topics);
        Meters meters = running.add(new Meters());
        LocalAskers local = new LocalAskers();
        LedgerRole.Options options = new LedgerRole.Options(
                data.resolve("ledger"), 1, 0, false, LedgerSettings.DEFAULT_SESSION, ReplyTopics.OURS);
        LedgerRole ledger =
                running.add(LedgerRole.start(options, kafka, partitions, local::deliver, meters, Rescue.NONE));
        HttpAddress address = new HttpAddress(HttpAddress.DEFAULT_HOST, 0);
        GatewayRole gateway =
                running.add(GatewayRole.start(GatewaySettings.at(address), kafka, partitions, local, meters));
        Patience.until(() -> ledger.isRunning() && gateway.isReady(), "the server to be ready");
        return new BenchTarget(kafka, partitions, local, URI.create("http://" + address.host() + ":" + gateway.port()));
    }
}
