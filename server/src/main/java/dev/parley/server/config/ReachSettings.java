package dev.parley.server.config;

import dev.parley.server.config.ReachConfig.CoturnConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The part of the settings that says how clients get to the media port. */
final class ReachSettings {
    private static final int LEAST_PORT = 1;
    private static final int MOST_PORT = 65_535;
    private static final int STUN_PORT = 3478;

    private final SettingValues values;

    ReachSettings(SettingValues values) {
        this.values = values;
    }

    ReachConfig reach() {
        var urls = values.list(Setting.TURN_URL).stream().map(this::iceUrl).toList();
        return new ReachConfig(
                urls,
                secretFile(urls),
                Duration.ofSeconds(values.integer(Setting.TURN_LIFETIME, 2, 86_400)),
                values.optional(Setting.STUN_SERVER).map(this::hostPort),
                !values.flag(Setting.NO_CLOUD_METADATA),
                coturn());
    }

    private IceUrl iceUrl(String text) {
        return IceUrl.parse(text)
                .orElseThrow(() -> values.wrong(
                        Setting.TURN_URL,
                        "\"" + text + "\" is none of the URLs that browsers take, such as"
                                + " turn:turn.example.org:3478?transport=udp, turns:turn.example.org:5349?transport=tcp or"
                                + " stun:stun.example.org:3478"));
    }

    private Optional<Path> secretFile(List<IceUrl> urls) {
        if (values.isGiven(Setting.TURN_SECRET_FILE)) {
            return Optional.of(values.readableFile(Setting.TURN_SECRET_FILE));
        }
        if (urls.stream().anyMatch(IceUrl::relays)) {
            throw new ConfigException(values.source(Setting.TURN_URL) + " is given without "
                    + Setting.TURN_SECRET_FILE.option() + ": give the file with the TURN server's static-auth-secret, from"
                    + " which each participant gets credentials that end.");
        }
        return Optional.empty();
    }

    private CoturnConfig coturn() {
        boolean run = values.flag(Setting.WITH_COTURN);
        if (run && values.isGiven(Setting.TURN_URL)) {
            throw new ConfigException(values.source(Setting.WITH_COTURN) + " and " + values.source(Setting.TURN_URL)
                    + " are both given: use the TURN server that this server starts, or name another one.");
        }
        Optional<Integer> tlsPort = values.isGiven(Setting.TURN_TLS_PORT)
                ? Optional.of(values.integer(Setting.TURN_TLS_PORT, LEAST_PORT, MOST_PORT))
                : Optional.empty();
        if (tlsPort.isPresent() && !values.isGiven(Setting.CERTIFICATE)) {
            throw new ConfigException(values.source(Setting.TURN_TLS_PORT) + " is given without "
                    + Setting.CERTIFICATE.option() + " and " + Setting.KEY.option()
                    + ": browsers take TURN over TLS from a certificate that they trust only.");
        }
        int port = values.integer(Setting.TURN_PORT, LEAST_PORT, MOST_PORT);
        var web = values.text(Setting.PORT);
        if (run && (web.equals(Integer.toString(port)) || tlsPort.filter(tls -> web.equals(Integer.toString(tls))).isPresent())) {
            throw new ConfigException("TCP port " + web + " cannot be both Parley's and coturn's: give another port by "
                    + Setting.TURN_PORT.option() + ", " + Setting.TURN_TLS_PORT.option() + " or " + Setting.PORT.option()
                    + ".");
        }
        var range = values.text(Setting.TURN_RELAY_PORTS).split("-", -1);
        if (range.length != 2 || !isPort(range[0]) || !isPort(range[1]) || port(range[0]) > port(range[1])) {
            throw values.wrong(Setting.TURN_RELAY_PORTS, "give the first and the last UDP port, such as 20000-20999");
        }
        return new CoturnConfig(
                run,
                port,
                tlsPort,
                port(range[0]),
                port(range[1]));
    }

    private HostPort hostPort(String text) {
        try {
            var url = new URI("stun://" + text);
            boolean whole = url.getHost() != null && url.getUserInfo() == null && text.equals(url.getAuthority());
            if (whole && url.getPort() != 0 && url.getPort() <= MOST_PORT) {
                var host = url.getHost();
                return new HostPort(
                        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                        url.getPort() < 0 ? STUN_PORT : url.getPort());
            }
        } catch (URISyntaxException notOne) {
            // said below, like everything else that is not a host and a port
        }
        throw values.wrong(
                Setting.STUN_SERVER, "give a host and a port, such as stun.example.org:3478 or [2001:db8::1]:3478");
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && port(text) >= LEAST_PORT && port(text) <= MOST_PORT;
    }

    private static int port(String text) {
        return Integer.parseInt(text);
    }
}
