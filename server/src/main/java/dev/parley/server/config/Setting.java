package dev.parley.server.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set. One table gives the command line option, the environment variable and the key in the
 * file, so that none can be forgotten; help.txt and the sample file describe each, which a test checks.
 */
public enum Setting {
    /** TCP port of HTTPS. */
    PORT("port", "3000", Shape.SINGLE),
    /** The address to listen on; empty: all. */
    HOST("host", "", Shape.SINGLE),
    /** UDP and TCP port of media. */
    MEDIA_PORT("media-port", "40000", Shape.SINGLE),
    /** Whether media over TCP is off. */
    NO_ICE_TCP("no-ice-tcp", "false", Shape.FLAG),
    /** Addresses that clients send media to; empty: the machine's own. */
    ANNOUNCED_ADDRESS("announced-address", "", Shape.LIST),
    /** The URL that people open, when it is not https://localhost:PORT/. */
    PUBLIC_URL("public-url", "", Shape.SINGLE),
    /** PEM file with the certificate chain. */
    CERTIFICATE("certificate", "", Shape.SINGLE),
    /** PEM file with the private key. */
    KEY("key", "", Shape.SINGLE),
    /** Folder of what the server keeps. */
    DATA_DIR("data-dir", "data", Shape.SINGLE),
    /** Folder of the built web app. */
    WEB_DIR("web-dir", "web/dist", Shape.SINGLE),
    /** STUN and TURN servers that clients are told of. */
    TURN_URL("turn-url", "", Shape.LIST),
    /** File with the secret that the TURN servers share with this one. */
    TURN_SECRET_FILE("turn-secret-file", "", Shape.SINGLE),
    /** Seconds that TURN credentials are good. */
    TURN_LIFETIME("turn-lifetime", "3600", Shape.SINGLE),
    /** Who is asked for this machine's public address; empty: nobody. */
    STUN_SERVER("stun-server", "", Shape.SINGLE),
    /** Whether the cloud is not asked for this machine's public address. */
    NO_CLOUD_METADATA("no-cloud-metadata", "false", Shape.FLAG),
    /** Whether coturn is started and looked after. */
    WITH_COTURN("with-coturn", "false", Shape.FLAG),
    /** UDP and TCP port of coturn. */
    TURN_PORT("turn-port", "3478", Shape.SINGLE),
    /** TCP port of coturn's TURN over TLS; empty: none. */
    TURN_TLS_PORT("turn-tls-port", "", Shape.SINGLE),
    /** UDP ports that coturn relays from. */
    TURN_RELAY_PORTS("turn-relay-ports", "20000-20999", Shape.SINGLE),
    /** What encrypts and carries media. */
    HOT_PATH("hot-path", "auto", Shape.SINGLE),
    /** Threads that carry media; auto: one a core. */
    LANES("lanes", "auto", Shape.SINGLE),
    /** Where Prometheus may fetch metrics; empty: nowhere. */
    METRICS_ADDRESS("metrics-address", "", Shape.SINGLE),
    /** Where DTLS secrets are written, for debugging only; empty: nowhere. */
    DTLS_KEY_LOG("dtls-key-log", "", Shape.SINGLE),
    /** How much is logged. */
    LOG_LEVEL("log-level", "info", Shape.SINGLE),
    /** Further names in the Host header. */
    ALLOWED_HOST("allowed-host", "", Shape.LIST),
    /** Further origins whose pages may use signalling. */
    ALLOWED_ORIGIN("allowed-origin", "", Shape.LIST),
    /** Reverse proxies whose X-Forwarded-For is believed. */
    TRUSTED_PROXY("trusted-proxy", "", Shape.LIST),
    /** Rooms at once. */
    MAX_ROOMS("max-rooms", "1000", Shape.SINGLE),
    /** Participants in a room. */
    MAX_PARTICIPANTS("max-participants", "100", Shape.SINGLE),
    /** Streams that one participant sends. */
    MAX_PRODUCERS("max-producers", "8", Shape.SINGLE),
    /** Rooms that one address may create in a minute. */
    ROOMS_PER_MINUTE("rooms-per-minute", "30", Shape.SINGLE),
    /** Seconds that a lost participant may come back in. */
    GRACE("grace", "20", Shape.SINGLE),
    /** Seconds that a page which went away may come back in. */
    RELOAD_GRACE("reload-grace", "5", Shape.SINGLE),
    /** Seconds after the start that participants of before may come back in. */
    RESTART_GRACE("restart-grace", "60", Shape.SINGLE),
    /** Megabytes of a file in the chat; 0: no files. */
    FILE_LIMIT("file-limit", "10", Shape.SINGLE),
    /** Minutes after which an empty room is forgotten. */
    EMPTY_ROOM("empty-room", "60", Shape.SINGLE);

    private enum Shape {
        SINGLE,
        LIST,
        FLAG
    }

    private final String key;
    private final String defaultText;
    private final Shape shape;

    Setting(String key, String defaultText, Shape shape) {
        this.key = key;
        this.defaultText = defaultText;
        this.shape = shape;
    }

    /** The key in the file, such as {@code media-port}. */
    public String key() {
        return key;
    }

    /** The command line option, such as {@code --media-port}. */
    public String option() {
        return "--" + key;
    }

    /** The environment variable, such as {@code PARLEY_MEDIA_PORT}. */
    public String variable() {
        return "PARLEY_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The value when nobody says anything; empty where that has a meaning of its own. */
    public String defaultText() {
        return defaultText;
    }

    /** Whether it takes several values: the option repeated, or separated by commas anywhere. */
    public boolean isList() {
        return shape == Shape.LIST;
    }

    /** Whether it is true or false; the option alone means true. */
    public boolean isFlag() {
        return shape == Shape.FLAG;
    }

    static Optional<Setting> ofKey(String key) {
        for (var setting : values()) {
            if (setting.key.equals(key)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
