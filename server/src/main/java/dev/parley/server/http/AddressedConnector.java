package dev.parley.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a bounded number of connections from one address, so that nobody alone can use up all that there may be. */
final class AddressedConnector extends ServerConnector {
    private static final Logger LOG = LoggerFactory.getLogger(AddressedConnector.class);

    private final ClientAddress addresses;
    private final int mostOfOneAddress;
    private final RequestDeadlines deadlines;
    private final Map<EndPoint, String> open = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Proxies that {@code addresses} trusts are not limited: everybody comes from there. */
    AddressedConnector(
            Server server,
            ClientAddress addresses,
            int mostOfOneAddress,
            RequestDeadlines deadlines,
            ConnectionFactory... factories) {
        super(server, factories);
        this.deadlines = deadlines;
        this.addresses = addresses;
        this.mostOfOneAddress = mostOfOneAddress;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        deadlines.opened(endPoint);
        var peer = endPoint.getRemoteSocketAddress();
        if (peer == null || addresses.isProxy(peer)) {
            return;
        }
        var address = addresses.of(peer, List.of());
        if (!enter(endPoint, address)) {
            LOG.info("Refused a connection from {}: it has {}", address, mostOfOneAddress);
            endPoint.close();
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        exit(endPoint);
        deadlines.closed(endPoint);
        super.onEndPointClosed(endPoint);
    }

    private synchronized boolean enter(EndPoint endPoint, String address) {
        int count = counts.getOrDefault(address, 0);
        if (count >= mostOfOneAddress) {
            return false;
        }
        counts.put(address, count + 1);
        open.put(endPoint, address);
        return true;
    }

    private synchronized void exit(EndPoint endPoint) {
        var address = open.remove(endPoint);
        if (address != null) {
            counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
