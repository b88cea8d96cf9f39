package dev.parley.server.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import tools.jackson.databind.JsonNode;

/** What must be true of an answer to a request. */
public final class Answers {
    private Answers() {}

    /** It says that all went well. @return the answer */
    public static JsonNode ok(JsonNode answer) {
        assertTrue(answer.get("ok").booleanValue(), answer.toString());
        return answer;
    }

    /** It refuses, in a sentence. @return the code of why */
    public static String code(JsonNode answer) {
        assertFalse(answer.get("ok").booleanValue(), answer.toString());
        assertFalse(answer.get("message").stringValue().isBlank(), answer.toString());
        return answer.get("code").stringValue();
    }
}
