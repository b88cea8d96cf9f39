package dev.parley.server.room;

import dev.parley.server.config.Limits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What people in a room say and show to each other without media: chat, reactions, raised hands. */
public final class RoomTalk {
    private final Room room;
    private final RoomContext context;
    private final ChatLog chat = new ChatLog(Limits.CHAT_HISTORY);
    private final ChatJournal journal;
    private final Set<String> hands = new LinkedHashSet<>();

    /** With the chat that was kept; new messages get numbers above {@code lastSeq} and above those of the kept. */
    RoomTalk(Room room, RoomContext context, long lastSeq) {
        this.room = room;
        this.context = context;
        this.journal = context.archive().chatOf(room.id());
        for (var message : journal.read()) {
            chat.add(message);
        }
        chat.numberAbove(lastSeq);
        chat.all().forEach(message -> message.file().ifPresent(room.files()::restore));
    }

    /**
     * Adds to the chat. The same id again gets the same answer and is told to nobody. The answer comes before the
     * event, and after the message is kept: what was answered outlives the process.
     */
    public void post(Participant self, ChatDraft draft, Consumer<ChatMessage> answer) {
        room.locked(() -> {
            room.checkPresent(self);
            if (!self.chatRate.take(context.nanoTime().getAsLong())) {
                throw RoomException.tooMany("That was too much chat at once: wait a second.");
            }
            var known = chat.find(self.id(), draft.id());
            var message = known.orElseGet(() -> kept(self, draft));
            answer.accept(message);
            if (known.isEmpty()) {
                chat.add(message);
                shorten();
                for (var reader : room.seats().taken()) {
                    if (message.isFor(reader.id())) {
                        reader.send(new RoomEvent.ChatPosted(message));
                    }
                }
            }
            return message;
        });
    }

    private ChatMessage kept(Participant self, ChatDraft draft) {
        var message = message(self, draft);
        try {
            journal.append(message);
            return message;
        } catch (RoomException e) {
            draft.fileId().ifPresent(room.files()::giveBackClaim); // to be sent with another try
            throw e;
        }
    }

    private void shorten() {
        if (journal.isLong()) {
            journal.rewrite(chat.all());
        }
    }

    private ChatMessage message(Participant self, ChatDraft draft) {
        var to = draft.to().map(room.seats()::of);
        var file = draft.fileId().map(id -> room.files().claim(self, id));
        return new ChatMessage(
                chat.nextSeq(),
                draft.id(),
                self.id(),
                self.name(),
                draft.text(),
                context.wallClock().millis(),
                to.map(Participant::id),
                to.map(Participant::name),
                file);
    }

    /** Shows everybody an emoji, once. */
    public void react(Participant self, String emoji) {
        room.locked(() -> {
            room.checkPresent(self);
            takeTurn(self);
            room.tellAll(new RoomEvent.Reaction(self.id(), emoji));
            return emoji;
        });
    }

    /** Raises the participant's own hand, behind all that are raised, or lowers it. */
    public void raiseHand(Participant self, boolean raised) {
        room.locked(() -> {
            room.checkPresent(self);
            takeTurn(self);
            if (raised && hands.add(self.id())) {
                tellHands();
            } else if (!raised) {
                lowerHand(self);
            }
            return raised;
        });
    }

    void lowerHand(Participant participant) {
        if (hands.remove(participant.id())) {
            tellHands();
        }
    }

    void lowerHands() {
        if (!hands.isEmpty()) {
            hands.clear();
            tellHands();
        }
    }

    List<String> hands() {
        return new ArrayList<>(hands);
    }

    List<ChatMessage> historyFor(Participant reader) {
        return chat.historyFor(reader.id());
    }

    private void takeTurn(Participant self) {
        if (!self.gestureRate.take(context.nanoTime().getAsLong())) {
            throw RoomException.tooMany("That was too much at once: wait a second.");
        }
    }

    private void tellHands() {
        room.tellAll(new RoomEvent.HandsChanged(hands()));
    }
}
