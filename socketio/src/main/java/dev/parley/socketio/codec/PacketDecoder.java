package dev.parley.socketio.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Puts the packets of one client together. Never throws on input; after a {@link Decoded.Malformed} it is not to be
 * used any more. Not thread-safe.
 */
public final class PacketDecoder {
    /** Names that a client must not use: the libraries on both sides give them a meaning of their own. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final Json json;
    private final int maxAttachmentBytes;

    private @Nullable Header waiting;
    private @Nullable ArrayNode waitingArguments;
    private final List<byte[]> attachments = new ArrayList<>();
    private long attachmentBytes;

    /**
     * A decoder.
     *
     * @param maxAttachmentBytes most bytes in the attachments of one packet together
     */
    public PacketDecoder(Json json, int maxAttachmentBytes) {
        this.json = json;
        this.maxAttachmentBytes = maxAttachmentBytes;
    }

    /** A text message. */
    public Decoded text(String text) {
        if (waiting != null) {
            return new Decoded.Malformed("text where an attachment was due");
        }
        Optional<Header> parsed = Header.parse(text);
        if (parsed.isEmpty()) {
            return new Decoded.Malformed("malformed packet header");
        }
        Header header = parsed.get();
        if (header.end() == text.length()) {
            return withoutData(header);
        }
        Optional<JsonNode> data = json.parse(text.substring(header.end()));
        if (data.isEmpty()) {
            return new Decoded.Malformed("malformed JSON, or beyond its limits");
        }
        return withData(header, data.get());
    }

    /** A binary message. */
    public Decoded binary(byte[] bytes) {
        Header header = waiting;
        ArrayNode arguments = waitingArguments;
        if (header == null || arguments == null) {
            return new Decoded.Malformed("an attachment that no packet announced");
        }
        attachmentBytes += bytes.length;
        if (attachmentBytes > maxAttachmentBytes) {
            return new Decoded.Malformed("too many bytes in attachments");
        }
        attachments.add(bytes);
        if (attachments.size() < header.attachments()) {
            return new Decoded.Incomplete();
        }
        boolean good = Placeholders.putBack(arguments, attachments);
        waiting = null;
        waitingArguments = null;
        attachments.clear();
        attachmentBytes = 0;
        return good ? complete(header, arguments) : new Decoded.Malformed("attachments and placeholders do not agree");
    }

    private static Decoded withoutData(Header header) {
        boolean bare = header.ackId() == SocketPacket.NO_ACK;
        if (header.type() == Header.CONNECT && bare) {
            return new Decoded.Complete(
                    new SocketPacket.Connect(header.namespace(), JsonNodeFactory.instance.objectNode()));
        }
        if (header.type() == Header.DISCONNECT && bare) {
            return new Decoded.Complete(new SocketPacket.Disconnect(header.namespace()));
        }
        return new Decoded.Malformed("a packet without its data");
    }

    private Decoded withData(Header header, JsonNode data) {
        switch (header.type()) {
            case Header.CONNECT -> {
                return data.isObject() && header.ackId() == SocketPacket.NO_ACK
                        ? new Decoded.Complete(new SocketPacket.Connect(header.namespace(), data))
                        : new Decoded.Malformed("malformed CONNECT");
            }
            case Header.EVENT, Header.ACK -> {
                return data instanceof ArrayNode array
                        ? complete(header, array)
                        : new Decoded.Malformed("arguments that are no array");
            }
            case Header.BINARY_EVENT, Header.BINARY_ACK -> {
                if (!(data instanceof ArrayNode array)) {
                    return new Decoded.Malformed("arguments that are no array");
                }
                waiting = header;
                waitingArguments = array;
                return new Decoded.Incomplete();
            }
            default -> {
                return new Decoded.Malformed("a packet that no client sends");
            }
        }
    }

    private static Decoded complete(Header header, ArrayNode array) {
        List<JsonNode> arguments = new ArrayList<>(array.size());
        array.forEach(arguments::add);
        if (header.type() == Header.ACK || header.type() == Header.BINARY_ACK) {
            return header.ackId() == SocketPacket.NO_ACK
                    ? new Decoded.Malformed("an acknowledgement without number")
                    : new Decoded.Complete(
                            new SocketPacket.Ack(header.namespace(), header.ackId(), List.copyOf(arguments)));
        }
        if (arguments.isEmpty() || !arguments.getFirst().isString()) {
            return new Decoded.Malformed("an event without name");
        }
        String event = arguments.getFirst().stringValue();
        if (event.length() > Limits.EVENT_NAME || RESERVED.contains(event)) {
            return new Decoded.Malformed("an event with a reserved or too long name");
        }
        return new Decoded.Complete(new SocketPacket.Event(
                header.namespace(), header.ackId(), event, List.copyOf(arguments.subList(1, arguments.size()))));
    }
}
