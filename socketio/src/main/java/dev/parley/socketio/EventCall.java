package dev.parley.socketio;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One event that a client sent: its name, its arguments, and the way to acknowledge it. */
public final class EventCall {
    private final Socket socket;
    private final String event;
    private final List<JsonNode> arguments;
    private final long ackId;

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
        return ackId >= 0;
    }

    /**
     * Acknowledges the event, from any thread, now or later. Only the first call counts; without effect if the client does
     * not wait for it or is gone. Arguments as for {@link Socket#emit}.
     */
    public void ack(Object... arguments) {
        throw new UnsupportedOperationException();
    }
}
