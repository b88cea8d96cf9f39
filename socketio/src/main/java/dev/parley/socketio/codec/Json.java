package dev.parley.socketio.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Strict reading of JSON that a stranger wrote, and writing of our own. */
public final class Json {
    /** The default writer of arguments: an empty Optional in a record or bean is left out, and so is null. */
    public static final JsonMapper WRITER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private final ObjectReader reader;

    /** A reader for texts of at most {@code maxLength} characters. */
    public Json(int maxLength) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limits.DEPTH)
                        .maxStringLength(maxLength)
                        .maxNameLength(Limits.MEMBER_NAME)
                        .maxNumberLength(Limits.NUMBER)
                        .maxDocumentLength(maxLength)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        reader = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readerFor(JsonNode.class);
    }

    /** The value, or empty if it is malformed, too deep, or names a member twice. */
    public Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = reader.readValue(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
