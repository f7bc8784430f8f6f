package io.limitledger.gateway.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;

/** The meters of this process, and their form for Prometheus. */
public final class Meters implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> binders = new ConcurrentLinkedDeque<>();
    private final List<Runnable> refreshes = new CopyOnWriteArrayList<>();

    /** Looks for new metrics of Kafka's clients; otherwise each binder has a thread for that. */
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "kafka-metrics");
        thread.setDaemon(true);
        return thread;
    });

    public Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        JvmGcMetrics collector = new JvmGcMetrics();
        collector.bindTo(registry);
        binders.push(collector);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** What is returned ends it; the end of this does so too. */
    public AutoCloseable watch(KafkaStreams streams) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams, Tags.empty(), looking);
        metrics.bindTo(registry);
        binders.push(metrics);
        return metrics;
    }

    public AutoCloseable watch(Producer<?, ?> producer) {
        KafkaClientMetrics metrics = new KafkaClientMetrics(producer, Tags.empty(), looking);
        metrics.bindTo(registry);
        binders.push(metrics);
        return metrics;
    }

    /** Something to be done before the meters are read. */
    public void beforeScrape(Runnable refresh) {
        refreshes.add(refresh);
    }

    /** In the text format of Prometheus. */
    public String scrape() {
        refreshes.forEach(Runnable::run);
        return HelpTexts.complete(registry.scrape());
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable binder : binders) {
            binder.close();
        }
        looking.shutdownNow();
        registry.close();
    }
}
