package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link Limits} for users without Kafka on the class path: HTTP works, and Kafka fails with a helpful message. */
class WithoutKafkaTest {
    @Test
    void shouldSpendOverHttp() throws Exception {
        // given
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/v1/limits/calls/leases", exchange -> {
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        gateway.start();
        URI address = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
        try (URLClassLoader withoutKafka = withoutKafka();
                AutoCloseable limits = (AutoCloseable) limits(withoutKafka, "overHttp", URI.class, address)) {
            Object spend = limits.getClass().getMethod("spend", String.class).invoke(limits, "calls");

            // when
            Object unused = spend.getClass().getMethod("now").invoke(spend);

            // then
            assertThat(limits.getClass().getClassLoader()).isSameAs(withoutKafka);
        } finally {
            gateway.stop(0);
        }
    }

    @Test
    void shouldNameTheMissingDependencyForKafka() throws Exception {
        // given
        Map<String, Object> kafka = Map.of("bootstrap.servers", "127.0.0.1:9");
        try (URLClassLoader withoutKafka = withoutKafka()) {
            // when
            assertThatThrownBy(() -> limits(withoutKafka, "overKafka", Map.class, kafka))
                    // then
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Limits.overKafka needs org.apache.kafka:kafka-clients, which is not on the class path:"
                            + " add it as a dependency, or use Limits.overHttp");
        }
    }

    private static Object limits(ClassLoader loader, String method, Class<?> parameter, Object argument)
            throws Exception {
        return loader.loadClass(Limits.class.getName())
                .getMethod(method, parameter)
                .invoke(null, argument);
    }

    private static URLClassLoader withoutKafka() {
        URL[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("kafka"))
                .map(WithoutKafkaTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
