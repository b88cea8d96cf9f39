package dev.parley.server.signalling;

import dev.parley.server.config.Limits;
import dev.parley.server.room.ChatDraft;
import dev.parley.server.room.Role;
import dev.parley.server.room.RoomException;
import dev.parley.server.room.Source;
import dev.parley.server.room.UserText;
import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpParameters;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a client can ask for. docs/signalling.md has each one's fields, answers and errors. */
sealed interface Request {
    /** The names of all requests. */
    List<String> NAMES = List.of(
            "createRoom",
            "join",
            "resume",
            "leave",
            "goAway",
            "createTransport",
            "connectTransport",
            "restartIce",
            "closeTransport",
            "openProbe",
            "connectProbe",
            "closeProbe",
            "produce",
            "pauseProducer",
            "resumeProducer",
            "closeProducer",
            "consume",
            "resumeConsumer",
            "pauseConsumer",
            "closeConsumer",
            "requestKeyFrame",
            "getStats",
            "chat",
            "react",
            "raiseHand",
            "configureRoom",
            "admit",
            "deny",
            "setRole",
            "mute",
            "muteAll",
            "askToUnmute",
            "stopShare",
            "lowerHand",
            "remove",
            "endRoom");

    /** About being in a room. */
    sealed interface OfRoom extends Request {}

    record CreateRoom() implements OfRoom {}

    record Join(String roomId, Optional<String> code, Optional<String> hostToken, String name) implements OfRoom {}

    record Resume(String roomId, String participantId, String sessionToken, boolean fresh) implements OfRoom {}

    record Leave() implements OfRoom {}

    /** The page is being closed, or loaded again. */
    record GoAway() implements OfRoom {}

    /** About transports. */
    sealed interface OfTransport extends Request {}

    /** Capabilities are given for a receiving transport, and only there. */
    record CreateTransport(Optional<RtpCapabilities> receive) implements OfTransport {}

    record ConnectTransport(String transportId, DtlsParameters dtlsParameters) implements OfTransport {}

    record RestartIce(String transportId) implements OfTransport {}

    record CloseTransport(String transportId) implements OfTransport {}

    /** About transports that only show whether the client gets through; nobody has to be in a room. */
    sealed interface OfProbe extends Request {}

    record OpenProbe() implements OfProbe {}

    record ConnectProbe(String transportId, DtlsParameters dtlsParameters) implements OfProbe {}

    record CloseProbe(String transportId) implements OfProbe {}

    /** About streams. */
    sealed interface OfMedia extends Request {}

    record Produce(String transportId, RtpParameters rtpParameters, Source source, boolean paused) implements OfMedia {}

    record PauseProducer(String producerId) implements OfMedia {}

    record ResumeProducer(String producerId) implements OfMedia {}

    record CloseProducer(String producerId) implements OfMedia {}

    record Consume(String transportId, String producerId) implements OfMedia {}

    record ResumeConsumer(String consumerId) implements OfMedia {}

    record PauseConsumer(String consumerId) implements OfMedia {}

    record CloseConsumer(String consumerId) implements OfMedia {}

    record RequestKeyFrame(String consumerId) implements OfMedia {}

    record GetStats(Optional<String> transportId, Optional<String> producerId, Optional<String> consumerId)
            implements OfMedia {}

    /** About what people say and show without media. */
    sealed interface OfTalk extends Request {}

    record Chat(ChatDraft draft) implements OfTalk {}

    record React(String emoji) implements OfTalk {}

    record RaiseHand(boolean raised) implements OfTalk {}

    /** For hosts only. */
    sealed interface OfHost extends Request {}

    record ConfigureRoom(Optional<Boolean> lobby, Optional<Boolean> locked) implements OfHost {}

    /** Without an id: all who wait. */
    record Admit(Optional<String> waitingId) implements OfHost {}

    /** Without an id: all who wait. */
    record Deny(Optional<String> waitingId) implements OfHost {}

    record SetRole(String participantId, Role role) implements OfHost {}

    record Mute(String participantId, Source source) implements OfHost {}

    record MuteAll() implements OfHost {}

    record AskToUnmute(String participantId, Source source) implements OfHost {}

    record StopShare(String participantId) implements OfHost {}

    /** Without an id: all hands. */
    record LowerHand(Optional<String> participantId) implements OfHost {}

    record Remove(String participantId, boolean block) implements OfHost {}

    record EndRoom() implements OfHost {}

    /** Reads a request; throws {@link RoomException} {@code request/invalid}. */
    static Request parse(String name, JsonNode argument) {
        var fields = new Fields(argument);
        return switch (name) {
            case "createRoom" -> new CreateRoom();
            case "join" -> join(fields);
            case "resume" ->
                new Resume(
                        fields.id("roomId"), fields.id("participantId"), fields.id("sessionToken"),
                        fields.flag("fresh"));
            case "leave" -> new Leave();
            case "goAway" -> new GoAway();
            case "createTransport" -> createTransport(fields);
            case "connectTransport" ->
                new ConnectTransport(fields.id("transportId"), fields.object("dtlsParameters", DtlsParameters.class));
            case "restartIce" -> new RestartIce(fields.id("transportId"));
            case "closeTransport" -> new CloseTransport(fields.id("transportId"));
            case "openProbe" -> new OpenProbe();
            case "connectProbe" ->
                new ConnectProbe(fields.id("transportId"), fields.object("dtlsParameters", DtlsParameters.class));
            case "closeProbe" -> new CloseProbe(fields.id("transportId"));
            case "produce" -> produce(fields);
            case "pauseProducer" -> new PauseProducer(fields.id("producerId"));
            case "resumeProducer" -> new ResumeProducer(fields.id("producerId"));
            case "closeProducer" -> new CloseProducer(fields.id("producerId"));
            case "consume" -> new Consume(fields.id("transportId"), fields.id("producerId"));
            case "resumeConsumer" -> new ResumeConsumer(fields.id("consumerId"));
            case "pauseConsumer" -> new PauseConsumer(fields.id("consumerId"));
            case "closeConsumer" -> new CloseConsumer(fields.id("consumerId"));
            case "requestKeyFrame" -> new RequestKeyFrame(fields.id("consumerId"));
            case "getStats" -> getStats(fields);
            case "chat" -> chat(fields);
            case "react" -> react(fields);
            case "raiseHand" -> new RaiseHand(fields.optionalFlag("raised")
                    .orElseThrow(() -> RoomException.invalid("The field \"raised\" must be true or false.")));
            case "configureRoom" -> new ConfigureRoom(fields.optionalFlag("lobby"), fields.optionalFlag("locked"));
            case "admit" -> new Admit(fields.optionalId("waitingId"));
            case "deny" -> new Deny(fields.optionalId("waitingId"));
            case "setRole" -> new SetRole(fields.id("participantId"), role(fields));
            case "mute" -> new Mute(fields.id("participantId"), source(fields, Source.MICROPHONE));
            case "muteAll" -> new MuteAll();
            case "askToUnmute" -> askToUnmute(fields);
            case "stopShare" -> new StopShare(fields.id("participantId"));
            case "lowerHand" -> new LowerHand(fields.optionalId("participantId"));
            case "remove" -> new Remove(fields.id("participantId"), fields.flag("block"));
            case "endRoom" -> new EndRoom();
            default -> throw RoomException.invalid("There is no such request.");
        };
    }

    private static Request join(Fields fields) {
        var roomId = fields.id("roomId");
        var hostToken = fields.optionalId("hostToken");
        Optional<String> code = hostToken.isPresent() ? Optional.empty() : Optional.of(fields.text("code", 20));
        return new Join(roomId, code, hostToken, name(fields));
    }

    private static String name(Fields fields) {
        return UserText.name(fields.text("name", 1_000))
                .orElseThrow(() -> RoomException.invalid("The field \"name\" must have 1 to " + UserText.MAX_NAME
                        + " visible characters."));
    }

    private static Request createTransport(Fields fields) {
        return switch (fields.text("direction", 4)) {
            case "send" -> new CreateTransport(Optional.empty());
            case "recv" -> new CreateTransport(Optional.of(fields.object("rtpCapabilities", RtpCapabilities.class)));
            default -> throw RoomException.invalid("The field \"direction\" must be \"send\" or \"recv\".");
        };
    }

    private static Request produce(Fields fields) {
        var kind = switch (fields.text("kind", 5)) {
            case "audio" -> MediaKind.AUDIO;
            case "video" -> MediaKind.VIDEO;
            default -> throw RoomException.invalid("The field \"kind\" must be \"audio\" or \"video\".");
        };
        var source = source(fields);
        if (source.kind() != kind) {
            throw RoomException.invalid("The field \"kind\" must be \"" + source.kind() + "\" for this source.");
        }
        var parameters = fields.object("rtpParameters", RtpParameters.class);
        return new Produce(fields.id("transportId"), parameters, source, fields.flag("paused"));
    }

    private static Request getStats(Fields fields) {
        var stats = new GetStats(
                fields.optionalId("transportId"), fields.optionalId("producerId"), fields.optionalId("consumerId"));
        long given = (stats.transportId.isPresent() ? 1 : 0)
                + (stats.producerId.isPresent() ? 1 : 0)
                + (stats.consumerId.isPresent() ? 1 : 0);
        if (given != 1) {
            throw RoomException.invalid("Give one of the fields \"transportId\", \"producerId\" and \"consumerId\".");
        }
        return stats;
    }

    private static Request chat(Fields fields) {
        var id = fields.uuid("id");
        var to = fields.optionalId("to");
        var fileId = fields.optionalId("fileId");
        var text = fields.possiblyEmptyText("text", Limits.CHAT_TEXT).flatMap(UserText::message).orElse("");
        if (text.isEmpty() && fileId.isEmpty()) {
            throw RoomException.invalid("The field \"text\" has nothing to read.");
        }
        return new Chat(new ChatDraft(id, text, to, fileId));
    }

    private static Request react(Fields fields) {
        var emoji = fields.text("emoji", 100);
        if (!UserText.isEmoji(emoji)) {
            throw RoomException.invalid("The field \"emoji\" must be one emoji.");
        }
        return new React(emoji);
    }

    private static Role role(Fields fields) {
        return Role.of(fields.text("role", 20))
                .orElseThrow(() -> RoomException.invalid("The field \"role\" must be \"host\" or \"guest\"."));
    }

    private static Request askToUnmute(Fields fields) {
        var source = source(fields, Source.MICROPHONE);
        if (source != Source.MICROPHONE && source != Source.CAMERA) {
            throw RoomException.invalid("The field \"source\" must be \"microphone\" or \"camera\".");
        }
        return new AskToUnmute(fields.id("participantId"), source);
    }

    private static Source source(Fields fields, Source otherwise) {
        return fields.optionalId("source").isPresent() ? source(fields) : otherwise;
    }

    private static Source source(Fields fields) {
        return Source.of(fields.text("source", 20))
                .orElseThrow(() -> RoomException.invalid(
                        "The field \"source\" must be \"microphone\", \"camera\", \"screen\" or \"screenAudio\"."));
    }
}
