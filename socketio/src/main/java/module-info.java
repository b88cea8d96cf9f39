/** Socket.IO 5 over Engine.IO 4 for the JVM: the server, and its binding to Jetty. Knows nothing of meetings. */
module dev.parley.socketio {
    requires transitive tools.jackson.databind;
    requires transitive org.eclipse.jetty.server;
    requires org.eclipse.jetty.websocket.core.common;
    requires org.eclipse.jetty.websocket.core.server;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.parley.socketio;
    exports dev.parley.socketio.jetty;
}
