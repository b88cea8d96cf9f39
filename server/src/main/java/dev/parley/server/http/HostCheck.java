package dev.parley.server.http;

import dev.parley.server.room.UserText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 421 to requests for a name that is not the server's, and sends plain HTTP to HTTPS. */
final class HostCheck extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(HostCheck.class);
    private static final int MISDIRECTED_REQUEST = 421;
    private static final int PERMANENT_REDIRECT = 308;
    private static final int HTTPS_PORT = 443;

    private final KnownHosts hosts;

    HostCheck(KnownHosts hosts, Handler next) {
        super(next);
        this.hosts = hosts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var host = Request.getServerName(request);
        if (host == null || !hosts.allows(host, localAddress(request))) {
            var shown = UserText.quoted(String.valueOf(host));
            LOG.info("Refused a request for the host {} from {}", shown, Request.getRemoteAddr(request));
            answer(response, MISDIRECTED_REQUEST, "This server is not known as " + shown
                    + ". Whoever runs it can allow the name by the option --allowed-host.\n", callback);
            return true;
        }
        if (!request.isSecure()) {
            int port = Request.getServerPort(request);
            // Without a port in the Host header, plain HTTP was meant for port 80: something in front maps ports.
            boolean named = port > 0 && port != 80 && port != HTTPS_PORT;
            var path = request.getHttpURI().getPathQuery();
            var target = "https://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                    + (named ? ":" + port : "") + (path == null || !path.startsWith("/") ? "/" : path);
            response.getHeaders().put(HttpHeader.LOCATION, target);
            answer(response, PERMANENT_REDIRECT, "Parley speaks HTTPS only: " + target + "\n", callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static InetAddress localAddress(Request request) {
        var address = request.getConnectionMetaData().getLocalSocketAddress();
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    private static void answer(Response response, int status, String text, Callback callback) {
        // These answers do not pass through SecurityHeaders, whose policy names the host: only a host that is ours.
        SecurityHeaders.putFixed(response.getHeaders());
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        Content.Sink.write(response, true, text, callback);
    }
}
