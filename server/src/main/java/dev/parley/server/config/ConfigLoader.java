package dev.parley.server.config;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.SfuConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the text of settings into a checked {@link ServerConfig}; each refusal is a {@link ConfigException}. */
public final class ConfigLoader {
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");

    private static final long BYTES_OF_MEGABYTE = 1_000_000;

    private final SettingValues values;
    private final Path home;

    private ConfigLoader(SettingValues values, Path home) {
        this.values = values;
        this.home = home;
    }

    /**
     * Reads all settings.
     *
     * @param options what the command line said; list values separated by commas
     * @param environment the process's environment
     * @param file the configuration file, if there is one
     * @param home the folder that the defaults of folders are relative to
     */
    public static ServerConfig load(
            Map<Setting, String> options, Map<String, String> environment, Optional<Path> file, Path home) {
        return new ConfigLoader(new SettingValues(options, environment, file), home).config();
    }

    private ServerConfig config() {
        var limits = new Limits(
                values.integer(Setting.MAX_ROOMS, 1, 1_000_000),
                values.integer(Setting.MAX_PARTICIPANTS, 1, 1_000),
                values.integer(Setting.MAX_PRODUCERS, 1, 32),
                values.integer(Setting.ROOMS_PER_MINUTE, 1, 100_000));
        return new ServerConfig(
                values.integer(Setting.PORT, 0, 65_535),
                host(),
                values.integer(Setting.MEDIA_PORT, 0, 65_535),
                iceOverTcp(),
                announcedAddresses(),
                new ReachSettings(values).reach(),
                values.optional(Setting.PUBLIC_URL).map(this::publicUrl),
                certificate(),
                folder(Setting.DATA_DIR),
                folder(Setting.WEB_DIR),
                hotPath(),
                lanes(),
                values.optional(Setting.DTLS_KEY_LOG).map(text -> Path.of(text).toAbsolutePath()),
                logLevel(),
                values.optional(Setting.METRICS_ADDRESS).map(this::metricsAddress),
                values.list(Setting.ALLOWED_HOST).stream().map(this::hostName).toList(),
                values.list(Setting.ALLOWED_ORIGIN).stream().map(this::origin).toList(),
                values.list(Setting.TRUSTED_PROXY).stream().map(this::range).toList(),
                limits,
                Duration.ofSeconds(values.integer(Setting.GRACE, 1, 600)),
                Duration.ofSeconds(values.integer(Setting.RELOAD_GRACE, 0, 60)),
                Duration.ofSeconds(values.integer(Setting.RESTART_GRACE, 0, 600)),
                values.integer(Setting.FILE_LIMIT, 0, 2_000) * BYTES_OF_MEGABYTE,
                Duration.ofMinutes(values.integer(Setting.EMPTY_ROOM, 1, 10_080)));
    }

    private boolean iceOverTcp() {
        boolean wanted = !values.flag(Setting.NO_ICE_TCP);
        int web = values.integer(Setting.PORT, 0, 65_535);
        if (wanted && web != 0 && web == values.integer(Setting.MEDIA_PORT, 0, 65_535)) {
            throw new ConfigException("TCP port " + web + " cannot be both the web's and the media's, which comes over TCP"
                    + " where a network lets no UDP through: give another port by " + Setting.PORT.option() + " or "
                    + Setting.MEDIA_PORT.option() + ", or " + Setting.NO_ICE_TCP.option() + ".");
        }
        return wanted;
    }

    private Optional<String> host() {
        return values.optional(Setting.HOST)
                .map(text -> AddressRange.literal(text)
                        .orElseThrow(() -> values.wrong(
                                Setting.HOST, "give an IP address of this machine, such as 127.0.0.1 or ::1"))
                        .getHostAddress());
    }

    private List<String> announcedAddresses() {
        var addresses = new ArrayList<String>();
        for (var text : values.list(Setting.ANNOUNCED_ADDRESS)) {
            var address = AddressRange.literal(text)
                    .filter(literal -> !literal.isAnyLocalAddress() && !literal.isMulticastAddress())
                    .orElseThrow(() -> values.wrong(
                            Setting.ANNOUNCED_ADDRESS,
                            "give the IP address at which clients reach this machine, such as 203.0.113.7"));
            addresses.add(address.getHostAddress());
        }
        return addresses;
    }

    private URI publicUrl(String text) {
        var cure = "give what people open, such as https://meet.example.org/ (https, without a path)";
        try {
            var url = new URI(text);
            boolean plain = url.getPath() == null || url.getPath().isEmpty() || url.getPath().equals("/");
            if (!"https".equalsIgnoreCase(url.getScheme())
                    || url.getHost() == null
                    || !plain
                    || url.getQuery() != null
                    || url.getFragment() != null
                    || url.getUserInfo() != null) {
                throw values.wrong(Setting.PUBLIC_URL, cure);
            }
            return new URI("https", null, url.getHost().toLowerCase(Locale.ROOT), url.getPort(), "/", null, null);
        } catch (URISyntaxException e) {
            throw values.wrong(Setting.PUBLIC_URL, cure);
        }
    }

    private Optional<CertificateFiles> certificate() {
        boolean chain = values.isGiven(Setting.CERTIFICATE);
        boolean key = values.isGiven(Setting.KEY);
        if (chain != key) {
            var have = chain ? Setting.CERTIFICATE : Setting.KEY;
            var lack = chain ? Setting.KEY : Setting.CERTIFICATE;
            throw new ConfigException(values.source(have) + " is given without " + lack.option()
                    + ": give both PEM files, or neither for a self-signed certificate.");
        }
        if (!chain) {
            return Optional.empty();
        }
        return Optional.of(
                new CertificateFiles(values.readableFile(Setting.CERTIFICATE), values.readableFile(Setting.KEY)));
    }

    private Path folder(Setting setting) {
        var text = Path.of(values.text(setting));
        var path = values.isGiven(setting) ? text.toAbsolutePath() : home.resolve(text).toAbsolutePath();
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw values.wrong(setting, "it is a file, give a folder");
        }
        return path.normalize();
    }

    private HotPath hotPath() {
        return switch (values.text(Setting.HOT_PATH).toLowerCase(Locale.ROOT)) {
            case "auto" -> HotPath.AUTO;
            case "native" -> HotPath.NATIVE;
            case "java" -> HotPath.JAVA;
            default -> throw values.wrong(Setting.HOT_PATH, "use auto, native or java");
        };
    }

    private int lanes() {
        return values.text(Setting.LANES).equalsIgnoreCase("auto")
                ? 0
                : values.integer(Setting.LANES, 0, SfuConfig.MAX_LANES);
    }

    private String logLevel() {
        var level = values.text(Setting.LOG_LEVEL).toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw values.wrong(Setting.LOG_LEVEL, "use error, warn, info, debug or trace");
        }
        return level;
    }

    private InetSocketAddress metricsAddress(String text) {
        int colon = text.lastIndexOf(':');
        var address = colon < 0 ? Optional.<InetAddress>empty() : AddressRange.literal(text.substring(0, colon));
        var port = text.substring(colon + 1);
        if (address.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw values.wrong(
                    Setting.METRICS_ADDRESS, "give an IP address of this machine and a port, such as 127.0.0.1:9464");
        }
        return new InetSocketAddress(address.get(), Integer.parseInt(port));
    }

    private String hostName(String text) {
        if (!text.matches("[A-Za-z0-9.-]{1,253}") && AddressRange.literal(text).isEmpty()) {
            throw values.wrong(Setting.ALLOWED_HOST,
                    "give host names without scheme and port, such as meet.example.org");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private String origin(String text) {
        if (!text.matches("https?://[A-Za-z0-9.\\[\\]:-]{1,260}")) {
            throw values.wrong(Setting.ALLOWED_ORIGIN,
                    "give origins such as https://intranet.example.org, without a path");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private AddressRange range(String text) {
        return AddressRange.parse(text)
                .orElseThrow(() -> values.wrong(
                        Setting.TRUSTED_PROXY, "give IP addresses or ranges, such as 10.0.0.5 or 10.0.0.0/8"));
    }
}
