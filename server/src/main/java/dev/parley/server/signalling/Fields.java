package dev.parley.server.signalling;

import dev.parley.server.room.RoomException;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a request's object. What is missing or of the wrong type is refused with a sentence that names
 * the field; fields that nobody asks for are ignored.
 */
final class Fields {
    private static final int ID = 100;

    private final JsonNode object;

    Fields(JsonNode object) {
        if (!object.isObject()) {
            throw RoomException.invalid("The request's argument must be an object.");
        }
        this.object = object;
    }

    /** A text of 1 to {@code most} UTF-16 units. */
    String text(String name, int most) {
        var value = object.path(name);
        if (!value.isString()) {
            throw RoomException.invalid("The field \"" + name + "\" must be a text.");
        }
        var text = value.stringValue();
        if (text.isEmpty() || text.length() > most) {
            throw RoomException.invalid("The field \"" + name + "\" must have 1 to " + most + " characters.");
        }
        return text;
    }

    /** The id of an object that the server made. */
    String id(String name) {
        return text(name, ID);
    }

    Optional<String> optionalId(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(id(name));
    }

    /** A UUID that the client made, as it wrote it. */
    String uuid(String name) {
        var text = text(name, ID);
        try {
            if (UUID.fromString(text).toString().equalsIgnoreCase(text)) {
                return text;
            }
        } catch (IllegalArgumentException notOne) {
            // answered below, like a UUID in a short form
        }
        throw RoomException.invalid("The field \"" + name + "\" must be a UUID.");
    }

    /** A text of at most {@code most} UTF-16 units; empty when it is left out or has none. */
    Optional<String> possiblyEmptyText(String name, int most) {
        var value = object.path(name);
        boolean empty = isAbsent(name) || (value.isString() && value.stringValue().isEmpty());
        return empty ? Optional.empty() : Optional.of(text(name, most));
    }

    Optional<Boolean> optionalFlag(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(flag(name));
    }

    boolean flag(String name) {
        if (isAbsent(name)) {
            return false;
        }
        var value = object.path(name);
        if (!value.isBoolean()) {
            throw RoomException.invalid("The field \"" + name + "\" must be true or false.");
        }
        return value.booleanValue();
    }

    /** An object of a type of the SFU. */
    <T> T object(String name, Class<T> type) {
        var value = object.path(name);
        if (!value.isObject()) {
            throw RoomException.invalid("The field \"" + name + "\" must be an object.");
        }
        try {
            return Json.MAPPER.treeToValue(value, type);
        } catch (JacksonException e) {
            throw RoomException.invalid("The field \"" + name + path(e) + "\" is missing or of the wrong type.");
        }
    }

    <T> Optional<T> optionalObject(String name, Class<T> type) {
        return isAbsent(name) ? Optional.empty() : Optional.of(object(name, type));
    }

    private boolean isAbsent(String name) {
        var value = object.path(name);
        return value.isMissingNode() || value.isNull();
    }

    /** Where inside the object it went wrong, such as {@code .codecs[0].clockRate}: names from our own records only. */
    private static String path(JacksonException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            var property = step.getPropertyName();
            if (property == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else if (property.matches("[A-Za-z]{1,40}")) {
                path.append('.').append(property);
            }
        }
        // What a record of ours cannot do without it names itself.
        if (e.getCause() instanceof NullPointerException missing
                && missing.getMessage() instanceof String name
                && name.matches("[A-Za-z]{1,40}")) {
            path.append('.').append(name);
        }
        return path.toString();
    }
}
