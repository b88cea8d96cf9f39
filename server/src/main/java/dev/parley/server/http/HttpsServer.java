package dev.parley.server.http;

import dev.parley.server.config.CertificateFiles;
import dev.parley.server.config.ConfigException;
import dev.parley.server.config.ServerConfig;
import dev.parley.socketio.SocketIoServer;
import dev.parley.socketio.jetty.SocketIoHandler;
import java.io.IOException;
import java.net.BindException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one TCP port: the web app, signalling and health over TLS 1.2 and 1.3, with a certificate that can be changed.
 */
public final class HttpsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_CONNECTIONS_OF_ADDRESS = 2_000;
    private static final long IDLE_MILLIS = 60_000;
    private static final long WATCH_SECONDS = 2;
    /** For the handshake and the first request's headers, and from an answer to the next request's. */
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    private final Server server;
    private final ServerConnector connector;
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private final ServerConfig config;
    private final RequestDeadlines deadlines = new RequestDeadlines(REQUEST_DEADLINE);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile TlsIdentity identity;

    /**
     * Binds the port and starts. Throws {@link ConfigException} when the port, the certificate or a folder cannot be
     * used.
     *
     * @param coturn whether the coturn of our own answers, if there is one
     */
    public HttpsServer(
            ServerConfig config,
            SocketIoServer io,
            Handler roomFiles,
            Supplier<Optional<Boolean>> coturn,
            SecureRandom random,
            ScheduledExecutorService timers) {
        this.config = config;
        var hosts = new KnownHosts(config);
        CertificateFiles files = config.certificate()
                .orElseGet(() -> SelfSignedCertificate.keptIn(config.dataDirectory(), hosts.names(), Instant.now(),
                        random));
        this.identity = PemFiles.read(files);
        this.server = new Server(threads());
        this.connector = connector();
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        server.setErrorHandler(HttpsServer::error);
        var pages = new Handler.Sequence(
                new SocketIoHandler(io, server),
                new Health(closing::get, coturn),
                roomFiles,
                new WebApp(
                        config.webDirectory(),
                        origin -> config.allowedOrigins().stream().anyMatch(origin::equalsIgnoreCase)));
        server.setHandler(deadlines.watch(
                new HostCheck(hosts, new SecurityHeaders(() -> !identity.selfSigned(), pages))));
        start();
        var watch = new CertificateWatch(files, this::use);
        timers.scheduleWithFixedDelay(watch::check, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
        timers.scheduleWithFixedDelay(deadlines::sweep, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }

    /** The TCP port in use. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Whether browsers will warn of the certificate. */
    public boolean selfSigned() {
        return identity.selfSigned();
    }

    /** The certificate's SHA-256 fingerprint. */
    public String fingerprint() {
        try {
            return identity.fingerprint();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on {@code /healthz} says so; requests are still answered. */
    public void drain() {
        closing.set(true);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("HTTPS did not stop cleanly", e);
        }
    }

    private static QueuedThreadPool threads() {
        var threads = new QueuedThreadPool();
        threads.setName("https");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("https-"));
        return threads;
    }

    private ServerConnector connector() {
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setSniRequired(false);
        tls.setRenegotiationAllowed(false);
        tls.setKeyStorePassword("");
        setIdentity(tls, identity);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(8 * 1024);
        // One certificate serves all names; which names are ours is decided by HostCheck.
        http.addCustomizer(new SecureRequestCustomizer(false));
        var plain = new HttpConnectionFactory(http);
        var secure = new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString());
        // The first byte tells TLS from plain HTTP, which HostCheck then sends to https.
        var made = new AddressedConnector(
                server,
                new ClientAddress(config.trustedProxies()),
                MAX_CONNECTIONS_OF_ADDRESS,
                deadlines,
                new DetectorConnectionFactory(secure),
                plain);
        made.setPort(config.port());
        config.host().ifPresent(made::setHost);
        made.setIdleTimeout(IDLE_MILLIS);
        made.setReuseAddress(true);
        return made;
    }

    private void start() {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new ConfigException(bindFailure(e));
        } catch (Exception e) {
            close();
            throw new IllegalStateException("HTTPS cannot start", e);
        }
    }

    private String bindFailure(IOException e) {
        boolean bind = e instanceof BindException || e.getCause() instanceof BindException;
        var where = "TCP port " + config.port() + config.host().map(host -> " of " + host).orElse("");
        return bind
                ? where + " cannot be used (" + rootMessage(e) + "): stop the program that has it, or give another port"
                        + " (--port) or address (--host)."
                : where + " cannot be opened (" + rootMessage(e) + "): give another port by --port.";
    }

    private static String rootMessage(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
    }

    private void use(TlsIdentity changed) {
        try {
            tls.reload(factory -> setIdentity(tls, changed));
            identity = changed;
            LOG.info("New certificate in use, valid until {}, SHA-256 {}",
                    changed.certificate().getNotAfter().toInstant(),
                    changed.fingerprint());
        } catch (Exception e) {
            LOG.error("The new certificate is not used, the old one stays", e);
        }
    }

    private static void setIdentity(SslContextFactory.Server factory, TlsIdentity identity) {
        try {
            factory.setKeyStore(identity.toKeyStore());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificate cannot be used", e);
        }
    }

    /** Bad requests and bugs: a short text, and never a stack trace. */
    private static boolean error(Request request, Response response, Callback callback) {
        SecurityHeaders.putFixed(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        Content.Sink.write(response, true, "Error " + response.getStatus() + "\n", callback);
        return true;
    }
}
