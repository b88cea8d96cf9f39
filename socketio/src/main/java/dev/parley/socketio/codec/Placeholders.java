package dev.parley.socketio.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binary values stand outside the JSON, as attachments; inside stands {@code {"_placeholder":true,"num":n}}
 * (Socket.IO protocol, "Binary event").
 */
final class Placeholders {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Placeholders() {}

    /** A copy of the tree with placeholders for its binary nodes, whose bytes are added to {@code attachments}. */
    static JsonNode takeOut(JsonNode node, List<byte[]> attachments) {
        return switch (node) {
            case BinaryNode binary -> {
                ObjectNode placeholder = NODES.objectNode();
                placeholder.put("_placeholder", true).put("num", attachments.size());
                attachments.add(binary.binaryValue());
                yield placeholder;
            }
            case ArrayNode array -> {
                ArrayNode copy = NODES.arrayNode(array.size());
                for (JsonNode element : array) {
                    copy.add(takeOut(element, attachments));
                }
                yield copy;
            }
            case ObjectNode object -> {
                ObjectNode copy = NODES.objectNode();
                object.properties().forEach(e -> copy.set(e.getKey(), takeOut(e.getValue(), attachments)));
                yield copy;
            }
            default -> node;
        };
    }

    /** Whether there is a binary node in the tree. */
    static boolean isNeeded(JsonNode node) {
        if (node.isBinary()) {
            return true;
        }
        for (JsonNode child : node) {
            if (isNeeded(child)) {
                return true;
            }
        }
        return false;
    }

    /** Puts the attachments in their places. False unless each has exactly one place. */
    static boolean putBack(ArrayNode arguments, List<byte[]> attachments) {
        List<byte[]> left = new ArrayList<>(attachments);
        return putBackInto(arguments, left) && left.stream().allMatch(a -> a == null);
    }

    private static boolean putBackInto(JsonNode container, List<byte[]> left) {
        if (container instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                var restored = restored(array.get(i), left);
                if (restored.isEmpty()) {
                    return false;
                }
                array.set(i, restored.get());
            }
        } else if (container instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                var restored = restored(object.get(name), left);
                if (restored.isEmpty()) {
                    return false;
                }
                object.set(name, restored.get());
            }
        }
        return true;
    }

    /** What belongs in the place of a node: its attachment, or itself with all below it put back. Empty when that fails. */
    private static Optional<JsonNode> restored(JsonNode node, List<byte[]> left) {
        if (!isPlaceholder(node)) {
            return putBackInto(node, left) ? Optional.of(node) : Optional.empty();
        }
        int number = number(node, left);
        return number < 0 ? Optional.empty() : Optional.of(take(number, left));
    }

    private static boolean isPlaceholder(JsonNode node) {
        return node.isObject() && node.path("_placeholder").isBoolean() && node.path("_placeholder").booleanValue();
    }

    /** The number of an attachment that has no place yet, or −1. */
    private static int number(JsonNode placeholder, List<byte[]> left) {
        JsonNode number = placeholder.path("num");
        if (!number.isInt() || number.intValue() < 0 || number.intValue() >= left.size()) {
            return -1;
        }
        return left.get(number.intValue()) == null ? -1 : number.intValue();
    }

    @SuppressWarnings("NullAway") // null marks an attachment that has found its place
    private static BinaryNode take(int number, List<byte[]> left) {
        return BinaryNode.valueOf(left.set(number, null));
    }
}
