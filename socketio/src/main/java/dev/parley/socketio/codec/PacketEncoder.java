package dev.parley.socketio.codec;

import dev.parley.socketio.engine.EngineFrame;
import dev.parley.socketio.engine.PacketType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the packets of the server. Thread-safe. */
public final class PacketEncoder {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonMapper mapper;

    /** An encoder that converts arguments with {@code mapper}. */
    public PacketEncoder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The client is connected: its socket id and, if it may recover later, its private id. */
    public List<EngineFrame> connect(String namespace, String sid, Optional<String> pid) {
        ObjectNode data = NODES.objectNode();
        data.put("sid", sid);
        pid.ifPresent(p -> data.put("pid", p));
        return List.of(frame(Header.CONNECT, 0, namespace, SocketPacket.NO_ACK, data));
    }

    /** The client is turned away. */
    public List<EngineFrame> connectError(String namespace, String message, JsonNode data) {
        ObjectNode error = NODES.objectNode();
        error.put("message", message);
        if (!data.isNull() && !data.isMissingNode()) {
            error.set("data", data);
        }
        return List.of(frame(Header.CONNECT_ERROR, 0, namespace, SocketPacket.NO_ACK, error));
    }

    /** The server leaves the namespace. */
    public List<EngineFrame> disconnect(String namespace) {
        String text = Header.DISCONNECT + (namespace.equals("/") ? "" : namespace + ",");
        return List.of(EngineFrame.text(PacketType.MESSAGE, text));
    }

    /**
     * An event.
     *
     * @param ackId  the acknowledgement's number, or {@link SocketPacket#NO_ACK}
     * @param offset added behind the arguments, for recovery
     * @throws IllegalArgumentException if an argument cannot be written, or there are too many attachments
     */
    public List<EngineFrame> event(
            String namespace, long ackId, String event, Object[] arguments, Optional<String> offset) {
        ArrayNode array = NODES.arrayNode();
        array.add(event);
        convert(arguments, array);
        offset.ifPresent(array::add);
        return packet(Header.EVENT, Header.BINARY_EVENT, namespace, ackId, array);
    }

    /**
     * The acknowledgement of a client's event.
     *
     * @throws IllegalArgumentException if an argument cannot be written, or there are too many attachments
     */
    public List<EngineFrame> ack(String namespace, long ackId, Object[] arguments) {
        ArrayNode array = NODES.arrayNode();
        convert(arguments, array);
        return packet(Header.ACK, Header.BINARY_ACK, namespace, ackId, array);
    }

    private void convert(Object[] arguments, ArrayNode array) {
        try {
            for (Object argument : arguments) {
                array.add(argument instanceof JsonNode node ? node : mapper.<JsonNode>valueToTree(argument));
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("An argument cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private List<EngineFrame> packet(int plain, int binary, String namespace, long ackId, ArrayNode array) {
        if (!Placeholders.isNeeded(array)) {
            return List.of(frame(plain, 0, namespace, ackId, array));
        }
        List<byte[]> attachments = new ArrayList<>();
        JsonNode text = Placeholders.takeOut(array, attachments);
        if (attachments.size() > Limits.ATTACHMENTS) {
            throw new IllegalArgumentException(
                    attachments.size() + " binary values in one packet; the most is " + Limits.ATTACHMENTS);
        }
        List<EngineFrame> frames = new ArrayList<>(attachments.size() + 1);
        frames.add(frame(binary, attachments.size(), namespace, ackId, text));
        attachments.forEach(bytes -> frames.add(EngineFrame.binary(bytes)));
        return List.copyOf(frames);
    }

    private EngineFrame frame(int type, int attachments, String namespace, long ackId, JsonNode data) {
        StringBuilder text = new StringBuilder(64).append(type);
        if (attachments > 0) {
            text.append(attachments).append('-');
        }
        if (!namespace.equals("/")) {
            text.append(namespace).append(',');
        }
        if (ackId != SocketPacket.NO_ACK) {
            text.append(ackId);
        }
        return EngineFrame.text(
                PacketType.MESSAGE, text.append(mapper.writeValueAsString(data)).toString());
    }
}
