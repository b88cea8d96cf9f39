package dev.parley.server.admin;

import dev.parley.server.config.ConfigException;
import dev.parley.server.config.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways by which an operator looks into a running server. */
public final class Admin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Admin.class);

    private final AdminSocket socket;
    private final Optional<AdminListener> metrics;

    private Admin(AdminSocket socket, Optional<AdminListener> metrics) {
        this.socket = socket;
        this.metrics = metrics;
    }

    /** Opens them. Throws {@link ConfigException} when the address for the metrics cannot be used. */
    public static Admin open(ServerConfig config, Reporter reporter, ScheduledExecutorService timers) {
        var metrics = config.metricsAddress().map(address -> metrics(address, reporter, timers));
        return new Admin(AdminSocket.open(config.dataDirectory(), reporter, timers), metrics);
    }

    private static AdminListener metrics(
            InetSocketAddress address, Reporter reporter, ScheduledExecutorService timers) {
        try {
            var listener = AdminListener.start(address, AdminPages.metrics(reporter), timers);
            LOG.info("Metrics for Prometheus: http:/{}/metrics", listener.address());
            return listener;
        } catch (IOException e) {
            throw new ConfigException("TCP port " + address.getPort() + " of " + address.getAddress().getHostAddress()
                    + " cannot be used for metrics (" + e.getMessage()
                    + "): stop the program that has it, or give another address by --metrics-address.");
        }
    }

    /** Where the metrics are, if they are. */
    public Optional<InetSocketAddress> metricsAddress() {
        return metrics.map(listener -> {
            try {
                return (InetSocketAddress) listener.address();
            } catch (IOException e) {
                throw new IllegalStateException("The listener is closed", e);
            }
        });
    }

    @Override
    public void close() {
        metrics.ifPresent(AdminListener::close);
        socket.close();
    }
}
