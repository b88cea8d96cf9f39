package dev.parley.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.socketio.engine.CloseReason.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time is a number here: no test waits. */
final class EngineSessionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final EngineConfig CONFIG =
            new EngineConfig(25 * SECOND, 20 * SECOND, 10 * SECOND, 1_000, 4, 1_000, 100, 10);

    private final RecordingOut out = new RecordingOut();
    private long now = -5 * SECOND; // monotonic clocks may be negative

    private EngineSession polling() {
        EngineSession session = new EngineSession("SID", CONFIG, false, now);
        assertTrue(session.poll(now, out));
        assertEquals(
                List.of("poll 0{\"sid\":\"SID\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000}"),
                out.take());
        return session;
    }

    private EngineSession webSocket() {
        EngineSession session = new EngineSession("SID", CONFIG, true, now);
        assertTrue(text(session, 0).startsWith("0{\"sid\":\"SID\",\"upgrades\":[],"));
        assertEquals("", text(session, 0));
        return session;
    }

    private String text(EngineSession session, int link) {
        return session.take(link, out).map(f -> new String(f.bytes(), UTF_8)).orElse("");
    }

    private static List<EngineFrame> frames(String... texts) {
        return java.util.Arrays.stream(texts)
                .map(t -> EngineFrame.text(PacketType.MESSAGE, t))
                .toList();
    }

    @Test
    void pingsAfterTheIntervalAndAgainAfterThePong() {
        EngineSession session = webSocket();
        long opened = now;
        assertEquals(opened + 25 * SECOND, session.nextTimeout());
        now = opened + 25 * SECOND;
        session.timeout(now, out);
        assertEquals("2", text(session, 0));
        assertEquals(now + 20 * SECOND, session.nextTimeout());
        now += 7 * SECOND;
        session.receiveText(now, 0, "3", out);
        assertEquals(now + 25 * SECOND, session.nextTimeout());
    }

    @Test
    void endsWithPingTimeoutWhenOnlyMessagesComeButNoPong() {
        EngineSession session = webSocket();
        now += 25 * SECOND;
        session.timeout(now, out);
        out.take();
        now += 20 * SECOND - 1;
        session.receiveText(now, 0, "4hello", out);
        session.timeout(now, out);
        assertEquals(List.of("message hello"), out.take());
        session.timeout(now + 1, out);
        assertEquals(List.of("closed PING_TIMEOUT", "abort 0 1000"), out.take());
        assertEquals(EngineSession.NEVER, session.nextTimeout());
    }

    @Test
    void aPongThatNobodyAskedForDoesNotDelayThePing() {
        EngineSession session = webSocket();
        long next = session.nextTimeout();
        session.receiveText(now + 10 * SECOND, 0, "3", out);
        assertEquals(next, session.nextTimeout());
    }

    @Test
    void answersAWaitingPollWithWhatIsSentAndQueuesForTheNext() {
        EngineSession session = polling();
        assertTrue(session.poll(now, out));
        assertEquals(List.of(), out.take());
        session.send(now, frames("a"), out);
        EngineFrame attachment = EngineFrame.binary(new byte[] {1, 2});
        session.send(now, List.of(EngineFrame.text(PacketType.MESSAGE, "b"), attachment), out);
        assertEquals(List.of("poll 4a"), out.take());
        assertTrue(session.poll(now, out));
        assertEquals(List.of("poll 4b|bAQI="), out.take());
    }

    @Test
    void aSecondPollEndsTheSession() {
        EngineSession session = polling();
        session.poll(now, out);
        assertFalse(session.poll(now, out));
        assertEquals(List.of("poll 1", "closed TRANSPORT_ERROR"), out.take());
        assertFalse(session.poll(now, out));
        assertFalse(session.beginPost(now, out));
    }

    @Test
    void aSecondPostEndsTheSession() {
        EngineSession session = polling();
        assertTrue(session.beginPost(now, out));
        assertFalse(session.beginPost(now, out));
        assertEquals(List.of("closed TRANSPORT_ERROR"), out.take());
        assertTrue(session.post(now, "4x".getBytes(UTF_8), out));
        assertEquals(List.of(), out.take());
    }

    @Test
    void stopsReadingAPayloadAtTheClosePacket() {
        EngineSession session = polling();
        session.poll(now, out);
        session.beginPost(now, out);
        assertTrue(session.post(now, "4a\u001e1\u001e4b".getBytes(UTF_8), out));
        assertEquals(List.of("message a", "poll 6", "closed TRANSPORT_CLOSE"), out.take());
    }

    @Test
    void upgradesWithoutLosingWhatWasQueued() {
        EngineSession session = polling();
        session.poll(now, out);
        int probe = session.attach(now);
        assertEquals(EngineSession.NONE, session.attach(now));
        session.receiveText(now, probe, "2probe", out);
        assertEquals(List.of("wake " + probe, "poll 6"), out.take());
        assertEquals("3probe", text(session, probe));
        assertEquals("", text(session, probe));
        session.send(now, frames("queued"), out);
        assertTrue(session.polling());
        session.receiveText(now, probe, "5", out);
        assertFalse(session.polling());
        assertEquals(List.of("wake " + probe), out.take());
        assertEquals("4queued", text(session, probe));
        assertFalse(session.poll(now, out));
        assertEquals(EngineSession.NONE, session.attach(now));
        assertFalse(session.ending());
    }

    @Test
    void keepsPollingWhenTheProbeFailsOrIsLate() {
        EngineSession session = polling();
        int late = session.attach(now);
        now += 10 * SECOND;
        session.timeout(now, out);
        assertEquals(List.of("close " + late + " 1002"), out.take());
        session.receiveText(now, late, "5", out);
        session.linkClosed(now, late, 1006, out);
        int gone = session.attach(now);
        session.linkClosed(now, gone, 1006, out);
        int rude = session.attach(now);
        session.receiveText(now, rude, "4hello", out);
        assertEquals(List.of("close " + rude + " 1002"), out.take());
        assertTrue(session.poll(now, out));
        session.send(now, frames("still here"), out);
        assertEquals(List.of("poll 4still here"), out.take());
    }

    @Test
    void inputWithoutLinkDoesNotTouchAPollingSession() {
        EngineSession session = polling();
        session.linkClosed(now, EngineSession.NONE, 1000, out);
        session.linkBroken(now, EngineSession.NONE, new CloseReason(Kind.LIMIT, "x"), out);
        session.receiveText(now, EngineSession.NONE, "1", out);
        session.receiveBinary(now, EngineSession.NONE, new byte[1], out);
        assertEquals(List.of(), out.take());
    }

    @Test
    void endsASessionWhoseQueueIsFullByPacketsOrBytes() {
        EngineSession byPackets = webSocket();
        byPackets.send(now, frames("1", "2", "3", "4"), out);
        assertFalse(byPackets.ending());
        byPackets.send(now, frames("5"), out);
        assertEquals(List.of("wake 0", "closed TRANSPORT_ERROR", "abort 0 1002"), out.take());
        EngineSession byBytes = webSocket();
        byBytes.send(now, frames("x".repeat(900)), out);
        byBytes.send(now, frames("x".repeat(200)), out);
        assertEquals(List.of("wake 0", "closed TRANSPORT_ERROR", "abort 0 1002"), out.take());
    }

    @Test
    void givesRoomInTheQueueBackAsItIsRead() {
        EngineSession session = webSocket();
        for (int i = 0; i < 100; i++) {
            session.send(now, frames("x".repeat(300), "y".repeat(300)), out);
            text(session, 0);
            text(session, 0);
        }
        assertFalse(session.ending());
    }

    @Test
    void drainsBeforeItClosesTheWebSocket() {
        EngineSession session = webSocket();
        session.send(now, frames("last"), out);
        session.drain(now, new CloseReason(Kind.FORCED_CLOSE, ""), out);
        session.send(now, frames("too late"), out);
        out.take();
        assertEquals("4last", text(session, 0));
        assertEquals(List.of(), out.take());
        assertEquals("", text(session, 0));
        assertEquals(List.of("closed FORCED_CLOSE", "close 0 1000"), out.take());
    }

    @Test
    void drainsIntoOnePollAndClosesWithTheNext() {
        EngineSession session = polling();
        session.send(now, frames("last"), out);
        session.drain(now, new CloseReason(Kind.FORCED_CLOSE, ""), out);
        assertTrue(session.poll(now, out));
        assertEquals(List.of("poll 4last"), out.take());
        assertTrue(session.poll(now, out));
        assertEquals(List.of("poll 1", "closed FORCED_CLOSE"), out.take());
    }

    @Test
    void doesNotDrainForEver() {
        EngineSession session = polling();
        session.send(now, frames("last"), out);
        session.drain(now, new CloseReason(Kind.FORCED_CLOSE, ""), out);
        assertEquals(now + EngineConfig.DRAIN_TIMEOUT, session.nextTimeout());
        session.timeout(now + EngineConfig.DRAIN_TIMEOUT, out);
        assertEquals(List.of("closed FORCED_CLOSE"), out.take());
    }

    @Test
    void endsAFloodOfPacketsButNotTheSameAtAMeasuredPace() {
        EngineSession paced = webSocket();
        for (int i = 0; i < 1_000; i++) {
            now += SECOND / 100;
            paced.frame(now, 0, out);
        }
        assertEquals(List.of(), out.take());
        EngineSession flooded = webSocket();
        for (int i = 0; i < 201; i++) {
            flooded.frame(now, 0, out);
        }
        assertEquals(List.of("closed LIMIT", "close 0 1008"), out.take());
    }
}
