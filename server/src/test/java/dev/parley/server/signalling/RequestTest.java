package dev.parley.server.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.room.RoomException;
import dev.parley.server.room.Source;
import dev.parley.sfu.DtlsRole;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

final class RequestTest {
    private static final String PRODUCE = """
            {"transportId":"t","kind":"video","source":"screen","rtpParameters":{"mid":"1",
             "codecs":[{"mimeType":"video/VP8","payloadType":96,"clockRate":90000,"parameters":{"x":1},
               "rtcpFeedback":[{"type":"nack","parameter":"pli"},{"type":"nack"}]}],
             "headerExtensions":[{"uri":"urn:ietf:params:rtp-hdrext:sdes:mid","id":4,"encrypt":false,"parameters":{}}],
             "encodings":[{"ssrc":4294967295,"rtx":{"ssrc":2},"dtx":false,"unknown":[]}],
             "rtcp":{"cname":"c","reducedSize":true},"msid":"a b"}}""";

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }

    @Test
    void readsWhatMediasoupClientSends() {
        var produce = assertInstanceOf(Request.Produce.class, Request.parse("produce", json(PRODUCE)));
        assertEquals(Source.SCREEN, produce.source());
        var parameters = produce.rtpParameters();
        assertEquals(Optional.of("1"), parameters.mid());
        assertEquals(4_294_967_295L, parameters.encodings().getFirst().ssrc().getAsLong());
        assertEquals(2, parameters.encodings().getFirst().rtx().orElseThrow().ssrc());
        assertEquals("", parameters.codecs().getFirst().rtcpFeedback().get(1).parameter());
        assertTrue(parameters.codecs().getFirst().channels().isEmpty());
    }

    @Test
    void writesWhatItRead() {
        var parameters = ((Request.Produce) Request.parse("produce", json(PRODUCE))).rtpParameters();
        var written = Json.of(parameters);
        assertEquals(
                "{\"ssrc\":4294967295,\"rtx\":{\"ssrc\":2},\"dtx\":false}", written.at("/encodings/0").toString());
        assertEquals(96, written.at("/codecs/0/payloadType").intValue());
        assertTrue(written.at("/codecs/0/channels").isMissingNode());
    }

    @Test
    void readsTheRolesOfDtls() {
        var connect = (Request.ConnectTransport) Request.parse("connectTransport", json("""
                {"transportId":"t","dtlsParameters":{"role":"client",
                 "fingerprints":[{"algorithm":"sha-256","value":"AA:BB"}]}}"""));
        assertEquals(DtlsRole.CLIENT, connect.dtlsParameters().role());
        assertEquals("sha-256", connect.dtlsParameters().fingerprints().getFirst().algorithm());
        assertEquals("client", Json.of(connect.dtlsParameters()).get("role").stringValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "join | {} | roomId",
        "join | {'roomId':7,'code':'1','name':'x'} | roomId",
        "join | {'roomId':'r','code':123456,'name':'x'} | code",
        "join | {'roomId':'r','code':'123456'} | name",
        "join | {'roomId':'r','code':'123456','name':'  '} | name",
        "resume | {'roomId':'r','participantId':'p','sessionToken':''} | sessionToken",
        "createTransport | {'direction':'both'} | direction",
        "createTransport | {'direction':'recv'} | rtpCapabilities",
        "createTransport | {'direction':'recv','rtpCapabilities':{'codecs':{}}} | rtpCapabilities.codecs",
        "createTransport | {'direction':'recv','rtpCapabilities':{'codecs':[{'clockRate':'fast'}]}} | codecs[0].clockRate",
        "connectTransport | {'transportId':'t','dtlsParameters':[]} | dtlsParameters",
        "connectTransport | {'transportId':'t','dtlsParameters':{'role':'boss'}} | dtlsParameters.role",
        "createTransport | {'direction':'recv','rtpCapabilities':{'codecs':[{'kind':'audio','clockRate':1}]}} |"
                + " codecs[0].mimeType",
        "connectTransport | {'transportId':'t','dtlsParameters':{'role':0}} | dtlsParameters.role",
        "connectTransport | {'transportId':'t','dtlsParameters':{'fingerprints':[{'algorithm':'sha-256'}]}} |"
                + " fingerprints[0].value",
        "connectTransport | {'transportId':'t','dtlsParameters':{'fingerprints':[{'value':'AA'}]}} |"
                + " fingerprints[0].algorithm",
        "produce | {'kind':'smell'} | kind",
        "produce | {'kind':'audio','source':'camera'} | kind",
        "produce | {'kind':'audio','source':'lamp'} | source",
        "getStats | {} | transportId",
        "getStats | {'transportId':'a','producerId':'b'} | transportId",
        "chat | {'id':'1','text':'hi'} | id",
        "chat | {'id':'08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a','text':' '} | text",
        "chat | {'id':'08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a','text':['hi']} | text",
        "chat | {'id':'08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a','text':'hi','to':7} | to",
        "react | {'emoji':'hello'} | emoji",
        "react | {'emoji':'7'} | emoji",
        "raiseHand | {} | raised",
        "configureRoom | {'lobby':'yes'} | lobby",
        "setRole | {'participantId':'p','role':'boss'} | role",
        "mute | {'participantId':'p','source':'mouth'} | source",
        "askToUnmute | {'participantId':'p','source':'screen'} | source",
        "remove | {'participantId':'p','block':1} | block",
        "join | {'roomId':'r','hostToken':7,'name':'x'} | hostToken",
    })
    void namesTheFieldThatIsWrong(String name, String body, String field) {
        var error = assertThrows(RoomException.class, () -> Request.parse(name, json(body.replace('\'', '"'))));
        assertEquals("request/invalid", error.code());
        assertTrue(error.getMessage().contains(field), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"mimeType\":\"video/VP8\", | | codecs[0].mimeType",
        "\"mimeType\":\"video/VP8\" | \"mimeType\":7 | codecs[0].mimeType",
        "\"payloadType\":96, | | codecs[0].payloadType",
        "\"payloadType\":96 | \"payloadType\":96.5 | codecs[0].payloadType",
        "\"payloadType\":96 | \"payloadType\":\"96\" | codecs[0].payloadType",
        "\"payloadType\":96 | \"payloadType\":4294967392 | codecs[0].payloadType",
        "\"type\":\"nack\"} | \"type\":null} | rtcpFeedback[1].type",
        "\"uri\":\"urn:ietf:params:rtp-hdrext:sdes:mid\", | | headerExtensions[0].uri",
        "\"encrypt\":false | \"encrypt\":0 | headerExtensions[0].encrypt",
        "\"ssrc\":2 | \"ssrc\":1e400 | rtx.ssrc",
        "\"mid\":\"1\" | \"mid\":true | rtpParameters.mid",
    })
    void namesTheParameterThatIsMissingOrWrong(String right, @Nullable String wrong, String field) {
        var body = PRODUCE.replace(right, wrong == null ? "" : wrong);
        assertNotEquals(PRODUCE, body);
        var error = assertThrows(RoomException.class, () -> Request.parse("produce", json(body)));
        assertEquals("request/invalid", error.code());
        assertTrue(error.getMessage().contains(field), error.getMessage());
    }

    @Test
    void takesMissingFlagsForFalse() {
        var body = PRODUCE.replace("\"encrypt\":false,", "").replace("\"dtx\":false,", "");
        var produce = assertInstanceOf(Request.Produce.class, Request.parse("produce", json(body)));
        assertFalse(produce.rtpParameters().encodings().getFirst().dtx());
        assertFalse(produce.rtpParameters().headerExtensions().getFirst().encrypt());
    }

    @Test
    void refusesArgumentsThatAreNoObjects() {
        for (var node : new JsonNode[] {MissingNode.getInstance(), json("null"), json("[]"), json("\"x\""),
                json("1")}) {
            assertEquals(
                    "request/invalid",
                    assertThrows(RoomException.class, () -> Request.parse("leave", node)).code());
        }
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() {
        assertInstanceOf(Request.Leave.class, Request.parse("leave", json("{\"why\":\"tired\"}")));
    }

    @Test
    void knowsEachOfItsNames() {
        for (var name : Request.NAMES) {
            try {
                Request.parse(name, json("{}"));
            } catch (RoomException e) {
                assertTrue(!e.getMessage().contains("no such request"), name);
            }
        }
    }

    @Test
    void answersAnyJsonWithARequestOrARefusal() {
        var random = new Random(11);
        var bytes = PRODUCE.toCharArray();
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            var mutated = bytes.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                mutated[random.nextInt(mutated.length)] = "{}[]\":,0123456789.-eatrufnls\\".charAt(random.nextInt(29));
            }
            JsonNode node;
            try {
                node = json(new String(mutated));
            } catch (tools.jackson.core.JacksonException noJson) {
                continue;
            }
            try {
                Request.parse("produce", node);
                read++;
            } catch (RoomException expected) {
                assertEquals("request/invalid", expected.code());
            }
        }
        assertTrue(read > 100, "some survive: " + read);
    }
}
