package dev.parley.server.signalling;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as mediasoup-client writes and reads it: what is empty is left out, enums are lower-case names. Nothing is taken
 * for what it is not, such as a number for a text; only flags may be missing.
 */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(LogicalType.Textual, texts -> texts
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .annotationIntrospector(new NumbersRequired())
            .addModule(new SimpleModule()
                    .addSerializer(new EnumText())
                    .addDeserializer(boolean.class, new Flag()))
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

    /** A missing number is not 0. */
    private static final class NumbersRequired extends JacksonAnnotationIntrospector {
        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            var type = member.getRawType();
            return type == int.class || type == long.class
                    ? Boolean.TRUE
                    : super.hasRequiredMarker(config, member);
        }
    }

    /** True or false; false when it is missing. */
    private static final class Flag extends StdDeserializer<Boolean> {
        Flag() {
            super(boolean.class);
        }

        @Override
        public Boolean deserialize(JsonParser in, DeserializationContext context) {
            return switch (in.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> (Boolean) context.handleUnexpectedToken(boolean.class, in);
            };
        }

        @Override
        public Boolean getNullValue(DeserializationContext context) {
            return false;
        }
    }
}
