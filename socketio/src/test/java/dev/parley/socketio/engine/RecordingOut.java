package dev.parley.socketio.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a session wants done. */
final class RecordingOut implements EngineSession.Out {
    final List<String> said = new ArrayList<>();
    int closes;

    @Override
    public void message(EnginePacket packet) {
        said.add(switch (packet) {
            case EnginePacket.Text text -> "message " + text.data();
            case EnginePacket.Binary binary -> "binary " + binary.data().length;
        });
    }

    @Override
    public void answerPoll(byte[] payload) {
        said.add("poll " + new String(payload, StandardCharsets.UTF_8).replace('\u001e', '|'));
    }

    @Override
    public void wake(int link) {
        said.add("wake " + link);
    }

    @Override
    public void closeLink(int link, int code, boolean abort) {
        said.add((abort ? "abort " : "close ") + link + " " + code);
    }

    @Override
    public void closed(CloseReason reason) {
        closes++;
        said.add("closed " + reason.kind());
    }

    List<String> take() {
        List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }
}
