package dev.parley.socketio.codec;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A packet that a client sent, with its attachments in place. */
public sealed interface SocketPacket {
    /** No acknowledgement is asked for. */
    long NO_ACK = -1;

    /** The namespace, starting with a slash. */
    String namespace();

    /**
     * The client wants to join a namespace.
     *
     * @param auth what it sent with it; an empty object if nothing
     */
    record Connect(String namespace, JsonNode auth) implements SocketPacket {}

    /** The client leaves a namespace. */
    record Disconnect(String namespace) implements SocketPacket {}

    /**
     * An event.
     *
     * @param ackId     the acknowledgement's number, or {@link #NO_ACK}
     * @param event     its name
     * @param arguments what follows the name
     */
    record Event(String namespace, long ackId, String event, List<JsonNode> arguments) implements SocketPacket {}

    /**
     * The acknowledgement of an event that the server sent.
     *
     * @param ackId     its number
     * @param arguments its arguments
     */
    record Ack(String namespace, long ackId, List<JsonNode> arguments) implements SocketPacket {}
}
