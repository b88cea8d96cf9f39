package dev.parley.socketio;

import dev.parley.socketio.codec.SocketPacket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One event that a client sent: its name, its arguments, and the way to acknowledge it. Thread-safe. */
public final class EventCall {
    private final Socket socket;
    private final String event;
    private final List<JsonNode> arguments;
    private final long ackId;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    EventCall(Socket socket, String event, List<JsonNode> arguments, long ackId) {
        this.socket = socket;
        this.event = event;
        this.arguments = arguments;
        this.ackId = ackId;
    }

    /** The socket that sent it. */
    public Socket socket() {
        return socket;
    }

    /** The event's name. */
    public String event() {
        return event;
    }

    /** The arguments after the name; binary ones are {@link tools.jackson.databind.node.BinaryNode}s. Unmodifiable. */
    public List<JsonNode> arguments() {
        return arguments;
    }

    /** The argument at {@code index} from 0, or a {@link MissingNode} if the client sent fewer. */
    public JsonNode argument(int index) {
        return index >= 0 && index < arguments.size() ? arguments.get(index) : MissingNode.getInstance();
    }

    /** Whether the client waits for an acknowledgement. */
    public boolean wantsAck() {
        return ackId != SocketPacket.NO_ACK;
    }

    /**
     * Acknowledges the event, from any thread, now or later. Only the first call counts; without effect if the client
     * does not wait for it or is gone. Arguments as for {@link Socket#emit}.
     *
     * @throws IllegalArgumentException if an argument cannot be written, or there are more than 10 binary values
     */
    public void ack(Object... arguments) {
        if (!wantsAck() || acknowledged.get()) {
            return;
        }
        Namespace namespace = socket.namespace();
        var frames = namespace.server().encoder().ack(namespace.name(), ackId, arguments);
        if (acknowledged.compareAndSet(false, true)) {
            socket.session().deliver(socket, frames, Optional.empty());
        }
    }
}
