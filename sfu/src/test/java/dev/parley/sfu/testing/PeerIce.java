package dev.parley.sfu.testing;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.ice.IceClient;
import dev.parley.sfu.engine.ice.IceConfig;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.ice.IceLite;
import dev.parley.sfu.engine.ice.IceState;
import dev.parley.sfu.wire.TransportAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The side of ICE that a peer plays. */
sealed interface PeerIce {
    /** What happens. */
    interface Out {
        void send(TransportAddress to, byte[] datagram);

        void selected(TransportAddress remote);

        void lost();
    }

    void start(long now, Out out);

    void receive(long now, TransportAddress from, byte[] datagram, Out out);

    boolean isValid(TransportAddress from);

    Optional<TransportAddress> selected();

    long nextTimeout();

    void timeout(long now, Out out);

    /** The side that checks and nominates. */
    record Controlling(IceClient client) implements PeerIce {
        static Controlling to(
                IceCredentials local,
                IceCredentials remote,
                List<TransportAddress> candidates,
                RandomGenerator random) {
            var client = new IceClient(local, remote, random, IceConfig.defaults());
            long priority = 2_000_000_000L;
            for (var candidate : candidates) {
                client.addRemoteCandidate(candidate, priority--);
            }
            return new Controlling(client);
        }

        void restart(long now, IceCredentials local, IceCredentials remote, Out out) {
            client.restart(now, local, remote, adapt(out));
        }

        private static IceClient.Out adapt(Out out) {
            return new IceClient.Out() {
                @Override
                public void send(TransportAddress to, byte[] datagram) {
                    out.send(to, datagram);
                }

                @Override
                public void selected(TransportAddress remote) {
                    out.selected(remote);
                }

                @Override
                public void failed() {
                    out.lost();
                }
            };
        }

        @Override
        public void start(long now, Out out) {
            client.start(now, adapt(out));
        }

        @Override
        public void receive(long now, TransportAddress from, byte[] datagram, Out out) {
            client.receive(now, from, datagram, adapt(out));
        }

        @Override
        public boolean isValid(TransportAddress from) {
            return client.selected().filter(from::equals).isPresent();
        }

        @Override
        public Optional<TransportAddress> selected() {
            return client.selected();
        }

        @Override
        public long nextTimeout() {
            return client.nextTimeout();
        }

        @Override
        public void timeout(long now, Out out) {
            client.timeout(now, adapt(out));
        }
    }

    /** The side that answers. */
    record Lite(IceLite lite) implements PeerIce {
        static Lite with(IceCredentials local, long now) {
            return new Lite(new IceLite(
                    local.usernameFragment(), local.password(), IceConfig.defaults(), new DropCounters(), now));
        }

        private static IceLite.Out adapt(Out out) {
            return new IceLite.Out() {
                @Override
                public void send(TransportAddress to, byte[] datagram) {
                    out.send(to, datagram);
                }

                @Override
                public void selected(TransportAddress remote) {
                    out.selected(remote);
                }

                @Override
                public void stateChanged(IceState state) {
                    if (state == IceState.CLOSED) {
                        out.lost();
                    }
                }
            };
        }

        @Override
        public void start(long now, Out out) {}

        @Override
        public void receive(long now, TransportAddress from, byte[] datagram, Out out) {
            lite.receive(now, from, datagram, adapt(out));
        }

        @Override
        public boolean isValid(TransportAddress from) {
            return lite.isValid(from);
        }

        @Override
        public Optional<TransportAddress> selected() {
            return lite.selected();
        }

        @Override
        public long nextTimeout() {
            return lite.nextTimeout();
        }

        @Override
        public void timeout(long now, Out out) {
            lite.timeout(now, adapt(out));
        }
    }
}
