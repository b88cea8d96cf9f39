package dev.parley.server.doctor;

import dev.parley.server.config.ServerConfig;
import java.util.List;
import java.util.stream.Stream;

/** All checks, in the order in which a packet meets what they look at. */
public final class Doctor {
    private Doctor() {}

    /** Examines the server with these settings, whether it runs or not. Takes some seconds. */
    public static List<Finding> examine(ServerConfig config) {
        return examine(config, new ThisMachine());
    }

    static List<Finding> examine(ServerConfig config, Machine machine) {
        // A folder that cannot be written to is found before anything tries to use it.
        var host = HostChecks.all(config, machine);
        try (var subject = Subject.of(config)) {
            return Stream.of(
                            host.stream(),
                            SystemChecks.all(subject, machine).stream(),
                            CertificateCheck.look(subject, machine).stream(),
                            PortChecks.all(subject).stream(),
                            AnnouncedAddressCheck.look(subject).stream(),
                            TurnChecks.all(subject).stream())
                    .flatMap(findings -> findings)
                    .toList();
        }
    }
}
