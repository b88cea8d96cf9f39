package dev.parley.sfu.lane;

import dev.parley.sfu.wire.TransportAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which transport a datagram is for, whichever lane's socket it came to. A transport's own lane writes its entries, all
 * lanes read; a look-up takes no lock and allocates nothing. Who the transport's lane is, the transport knows.
 */
final class Directory {
    private final ConcurrentHashMap<String, TransportCore> byFragment = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TransportAddress, TransportCore> byAddress = new ConcurrentHashMap<>();

    @Nullable TransportCore named(String fragment) {
        return byFragment.get(fragment);
    }

    @Nullable TransportCore at(TransportAddress source) {
        return byAddress.get(source);
    }

    void name(String fragment, TransportCore transport) {
        byFragment.put(fragment, transport);
    }

    void unname(String fragment) {
        byFragment.remove(fragment);
    }

    /** Datagrams from this address belong to this transport from now on, whoever had the address before. */
    void validated(TransportAddress address, TransportCore transport) {
        if (byAddress.get(address) != transport) {
            byAddress.put(address, transport);
        }
    }

    void forget(TransportAddress address, TransportCore transport) {
        byAddress.remove(address, transport);
    }
}
