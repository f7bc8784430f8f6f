package io.limitledger.gateway.cli;

import io.limitledger.client.LocalAskers;
import io.limitledger.gateway.embedded.BrokerUser;
import io.limitledger.gateway.embedded.BrokerUsersFile;
import io.limitledger.gateway.embedded.EmbeddedBroker;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.machine.ListenAddress;
import io.limitledger.gateway.machine.ProcessBounds;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.process.DiskSpace;
import io.limitledger.gateway.process.GatewayRole;
import io.limitledger.gateway.process.GatewaySettings;
import io.limitledger.gateway.process.LedgerRole;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.gateway.process.ServerProcess;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.Role;
import io.limitledger.topics.TopicsSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code limits serve}: everything in one process, with a broker of its own unless a cluster is named. */
@Command(
        name = "serve",
        description = "Run broker, ledger and gateway in one process; with --bootstrap-servers, without the broker.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Mixin
    private HttpOptions http = new HttpOptions();

    @Option(
            names = "--kafka-port",
            defaultValue = "0",
            description = "Port of the embedded broker, on 127.0.0.1; 0 for any, or with authentication for none"
                    + " (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--kafka-users",
            paramLabel = "FILE",
            description =
                    "Programs that may use the embedded broker at --kafka-port: a line 'NAME ROLE PASSWORD' for each,"
                            + " where ROLE is gateway, gatekeeper, auditor, producer or holder. Needed with authentication; without,"
                            + " everyone may.")
    private @Nullable Path kafkaUsers;

    @Override
    public Integer call() throws Exception {
        return ServerProcess.run(this::start);
    }

    private void start(ServerProcess running) throws Exception {
        ProgressPrinter progress = running.progress();
        GatewaySettings settings = http.gateway();
        LedgerRole.Options options = ledger.role(!kafka.hasCluster());
        checkKafkaPort();
        if (!kafka.hasCluster()) {
            ProcessBounds.check();
        }
        EmbeddedBroker broker = kafka.hasCluster() ? null : startBroker(running);
        Map<String, Object> client = broker == null ? kafka.clientProperties() : client(broker);
        PartitionCounts partitions = TopicsSetup.ensure(client, kafka.topics(), settings.roles(Role.LEDGER));
        progress.step("topics are there");
        kafka.unused(partitions).forEach(progress::step);
        ledger.acceptLossIfAsked(client, partitions.commands(), progress);
        Meters meters = running.add(new Meters());
        LocalAskers local = new LocalAskers();
        LedgerRole role = running.add(LedgerRole.start(
                options,
                client,
                partitions,
                local::deliver,
                meters,
                running.rescue(broker == null ? null : broker::restart)));
        DiskSpace disk = broker == null ? null : running.add(DiskSpace.watch(ledger.dataDirectory()));
        Readiness rights =
                broker == null ? KafkaOptions.watchRights(running, client, settings.roles(Role.LEDGER)) : List::of;
        GatewayRole gateway = running.add(
                GatewayRole.start(settings, client, partitions, local, meters, () -> readiness(role, disk, rights)));
        if (disk != null) {
            gateway.spare(disk::isScarce);
        }
        progress.step(http.served(gateway.port()));
        gateway.newToken().ifPresent(token -> progress.say(NewTokenNotice.of(token, http.url(gateway.port()))));
        running.await(
                () -> !role.difference().isEmpty() || (role.isRunning() && gateway.isReady()),
                () -> "ledger: " + role.state() + "; gateway: " + gateway.state());
        if (!role.difference().isEmpty()) {
            progress.step("not ready: " + role.difference());
            return;
        }
        progress.step("ready");
        progress.say(banner(gateway.port(), kafkaAddress(broker, client)));
    }

    private Map<String, Object> client(EmbeddedBroker broker) {
        Map<String, Object> client = new HashMap<>(broker.clientSettings());
        client.putAll(kafka.clientProperties(broker.bootstrapServers()));
        client.putAll(broker.signIn());
        return client;
    }

    private void checkKafkaPort() {
        ListenAddress.checkPort("--kafka-port", kafkaPort);
        if (kafkaPort != 0 && kafka.hasCluster()) {
            throw new StartException("--kafka-port is the port of the embedded broker, which is not started when Kafka"
                    + " brokers are named: leave it out");
        }
        if (kafkaPort != 0 && kafkaPort == http.port()) {
            throw new StartException("--kafka-port and --port are both " + kafkaPort + ": choose two ports");
        }
        checkKafkaUsers();
    }

    /** A broker that everyone may use would be a way past the authentication. */
    private void checkKafkaUsers() {
        if (kafkaUsers != null && kafkaPort == 0) {
            throw new StartException("--kafka-users says who may use the embedded broker, which listens for others at"
                    + " --kafka-port only: name a port");
        }
        if (kafkaPort != 0 && kafkaUsers == null && http.isAuthenticated()) {
            throw new StartException("--kafka-port lets other programs use the embedded broker, and with authentication"
                    + " each must sign in: name them with --kafka-users");
        }
    }

    private EmbeddedBroker startBroker(ServerProcess running) {
        running.progress().step("starting the embedded broker on " + ledger.dataDirectory());
        EmbeddedBroker broker = running.add(startBroker());
        String address = broker.addressForOthers();
        running.progress()
                .step(
                        address == null
                                ? "the broker listens for this process only"
                                : "the broker listens on " + address);
        return broker;
    }

    private EmbeddedBroker startBroker() {
        Path data = ledger.dataDirectory();
        if (kafkaUsers != null || http.isAuthenticated()) {
            List<BrokerUser> users = kafkaUsers == null ? List.of() : BrokerUsersFile.read("--kafka-users", kafkaUsers);
            return EmbeddedBroker.startSecured(data, kafkaPort, users, ledger.isLossAccepted());
        }
        return ledger.isLossAccepted()
                ? EmbeddedBroker.startForRestore(data, kafkaPort)
                : EmbeddedBroker.start(data, kafkaPort);
    }

    private static List<Readiness.Part> readiness(LedgerRole role, @Nullable DiskSpace disk, Readiness rights) {
        List<Readiness.Part> parts = new ArrayList<>(role.readiness());
        parts.addAll(rights.parts());
        if (disk != null) {
            parts.add(disk.readiness());
        }
        return parts;
    }

    private static String kafkaAddress(@Nullable EmbeddedBroker broker, Map<String, Object> client) {
        String others = broker == null
                ? String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG))
                : broker.addressForOthers();
        return others == null ? "for this process only; for others see --kafka-port" : others;
    }

    private String banner(int port, String kafkaAddress) {
        String url = http.url(port);
        return """

            Limit Ledger
              HTTP     %1$s   (contract: %1$s/docs)
              Kafka    %2$s

            Try it:
              curl %3$s-X PUT %1$s/v1/limits/database -d '{"limit": 2}'
              curl %3$s-X POST %1$s/v1/limits/database/leases -d '{"slots": 1, "leaseSeconds": 60}'

            Ctrl-C stops it.
            """.formatted(
                        url, kafkaAddress, http.isAuthenticated() ? "-H \"Authorization: Bearer $LIMITS_TOKEN\" " : "");
    }
}
