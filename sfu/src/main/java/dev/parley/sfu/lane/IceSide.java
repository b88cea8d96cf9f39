package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.IceParameters;
import dev.parley.sfu.IceState;
import dev.parley.sfu.engine.ice.IceConfig;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.ice.IceLite;
import dev.parley.sfu.udp.Steering;
import dev.parley.sfu.wire.TransportAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transport's ICE: ties {@link IceLite} to the directory. Only addresses that an authenticated check came from are in
 * it, so nothing else from elsewhere reaches the transport.
 */
final class IceSide implements IceLite.Out {
    private final TransportCore transport;
    private final IceLite lite;
    /** The validated addresses, each with the local one that its checks came to. */
    private final Map<TransportAddress, Path> paths = new HashMap<>(4);
    /** Fragments that checks may name: the current one, and the one before until a check named the current. */
    private final List<String> fragments = new ArrayList<>(2);
    private volatile IceCredentials credentials;
    private volatile IceState state = IceState.NEW;
    private volatile @Nullable Path selected;
    /** The path that the check came on which is being handled, or was last. */
    private @Nullable Path current;

    IceSide(TransportCore transport, IceConfig config, long now) {
        this.transport = transport;
        credentials = IceCredentials.generate(transport.lane().random());
        lite = new IceLite(
                credentials.usernameFragment(), credentials.password(), config, transport.drops(), now);
        listen(credentials.usernameFragment());
    }

    private void listen(String fragment) {
        fragments.add(fragment);
        directory().name(fragment, transport);
    }

    IceParameters parameters() {
        return new IceParameters(credentials.usernameFragment(), credentials.password(), true);
    }

    IceState state() {
        return state;
    }

    private Steering steering() {
        return transport.lane().group().steering();
    }

    private Directory directory() {
        return transport.lane().directory();
    }

    /** Whether this is an authentic check, and none was before. */
    boolean isFirst(byte[] datagram) {
        return state == IceState.NEW && lite.isAuthentic(datagram);
    }

    /** Where to send to; null when nothing may be sent. */
    @Nullable Path selected() {
        return selected;
    }

    boolean accepts(TransportAddress source) {
        return lite.isValid(source);
    }

    void receive(long now, Path path, byte[] datagram) {
        current = path;
        lite.receive(now, path.remote(), datagram, this);
        if (state == IceState.CLOSED) {
            return;
        }
        if (lite.isValid(path.remote())) {
            paths.put(path.remote(), path);
            directory().validated(path.remote(), transport);
            if (path.link() == null) {
                steering().belongs(path.remote(), transport.home().index());
            } else {
                path.link().claim(transport);
            }
        }
        prune();
    }

    /** Takes out of the directory what is no longer good: addresses without consent, names of before a restart. */
    private void prune() {
        paths.values().removeIf(path -> {
            var gone = !lite.isValid(path.remote());
            if (gone) {
                forget(path);
            }
            return gone;
        });
        while (fragments.size() > 1 && !lite.isRestarting()) {
            directory().unname(fragments.removeFirst());
        }
    }

    private void forget(Path path) {
        directory().forget(path.remote(), transport);
        if (path.link() == null) {
            steering().forget(path.remote(), transport.home().index());
        } else {
            path.link().close();
        }
    }

    /** An address is there no more: its TCP connection was closed. */
    void gone(long now, TransportAddress remote) {
        lite.gone(now, remote, this);
        prune();
    }

    IceParameters restart() {
        // A second restart before the client used the first: the oldest is in use, the one between was never.
        while (fragments.size() > 1) {
            directory().unname(fragments.removeLast());
        }
        credentials = IceCredentials.generate(transport.lane().random());
        lite.restart(credentials.usernameFragment(), credentials.password());
        listen(credentials.usernameFragment());
        return parameters();
    }

    long nextTimeout() {
        return lite.nextTimeout();
    }

    void timeout(long now) {
        if (now >= lite.nextTimeout()) {
            lite.timeout(now, this);
            prune();
        }
    }

    /** Takes the transport out of the directory. */
    void close() {
        state = IceState.CLOSED;
        selected = null;
        fragments.forEach(directory()::unname);
        fragments.clear();
        paths.values().forEach(this::forget);
        paths.clear();
    }

    @Override
    public void send(TransportAddress to, byte[] datagram) {
        var path = current;
        if (path != null && path.remote().equals(to)) {
            transport.send(path, datagram);
        }
    }

    @Override
    public void selected(TransportAddress remote) {
        var before = selected;
        var at = current;
        // Another address takes over when the one in use expires: then this is not about the check at hand.
        selected = at != null && at.remote().equals(remote) ? at : paths.get(remote);
        transport.pathSelected(before == null || !before.remote().equals(remote));
    }

    @Override
    public void stateChanged(dev.parley.sfu.engine.ice.IceState changed) {
        switch (changed) {
            case CLOSED -> transport.iceGaveUp(
                    state == IceState.NEW ? CloseReason.NEVER_CONNECTED : CloseReason.CONSENT_EXPIRED);
            case DISCONNECTED -> {
                selected = null;
                transport.pathLost();
                become(IceState.DISCONNECTED);
            }
            case NEW, CONNECTED, COMPLETED -> become(IceState.valueOf(changed.name()));
        }
    }

    private void become(IceState changed) {
        state = changed;
        transport.iceStateChanged(changed);
    }
}
