package dev.parley.server.signalling;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/** JSON as mediasoup-client writes and reads it: what is empty is left out, enums are lower-case names. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(new SimpleModule().addSerializer(new EnumText()))
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The JSON of a record. */
    static ObjectNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** An enum's own text where it has one ({@code screenAudio}), else its name ({@code connection-lost}). */
    static String text(Enum<?> value) {
        var own = value.toString();
        return own.equals(value.name()) ? own.toLowerCase(Locale.ROOT).replace('_', '-') : own;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static final class EnumText extends StdSerializer<Enum> {
        EnumText() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializationContext context) {
            out.writeString(text((Enum<?>) value));
        }
    }
}
