package dev.parley.server.doctor;

import dev.parley.server.reach.AddressKind;
import dev.parley.server.stun.StunQuery;
import dev.parley.sfu.Sfu;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the media port answers at the addresses that clients are told. */
final class AnnouncedAddressCheck {
    private static final String ID = "announced-address";
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    private AnnouncedAddressCheck() {}

    static List<Finding> look(Subject subject) {
        if (subject.mediaPort().isEmpty()) {
            return List.of(Finding.skip(ID, "There is no media port to look for, see above."));
        }
        int port = subject.mediaPort().get();
        var machine = Sfu.machineAddresses(subject.config().listenAddresses());
        var silent = new ArrayList<String>();
        for (var address : subject.announced()) {
            try {
                StunQuery.ask(new InetSocketAddress(InetAddress.ofLiteral(address), port), TIMEOUT);
            } catch (IOException e) {
                silent.add(address);
            }
        }
        return List.of(silent.isEmpty() ? reached(subject) : missed(silent, port, machine));
    }

    private static Finding reached(Subject subject) {
        var all = String.join(", ", subject.announced());
        boolean open = subject.announced().stream().anyMatch(address -> !InetAddress.ofLiteral(address).isLoopbackAddress());
        boolean said = !subject.config().announcedAddresses().isEmpty();
        if (open && !said && subject.announced().stream().noneMatch(AddressKind::isPublic)) {
            return Finding.warn(ID, "Only private addresses are announced: " + all + ".",
                    "Nobody outside of this network reaches them: people see the page, but neither see nor hear anybody.",
                    "Give the public address by --announced-address, or let it be found by --stun-server.");
        }
        return Finding.ok(ID, "Media is reached at " + all + ".");
    }

    private static Finding missed(List<String> silent, int port, List<String> machine) {
        var text = "Media port " + port + " does not answer at " + String.join(", ", silent) + ".";
        boolean onlyOutside = silent.stream()
                .allMatch(address -> AddressKind.isPublic(address) && !machine.contains(address));
        return onlyOutside
                ? Finding.warn(ID, text,
                        "It is another machine's address, a firewall drops UDP, or the router does not let this machine call itself"
                                + " by its public address (hairpin NAT).",
                        "Open UDP port " + port + "; then try from outside with the connection check of the web app.")
                : Finding.fail(ID, text, "It is not this machine's address, or a firewall is in between.",
                        "Give the right address by --announced-address, and open UDP port " + port + " in the firewall.");
    }
}
