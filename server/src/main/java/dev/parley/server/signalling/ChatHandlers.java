package dev.parley.server.signalling;

import dev.parley.server.room.Participant;

/** Writing to everybody in the room. */
final class ChatHandlers {
    void handle(Participant self, Request.Chat chat, Answer answer) {
        self.room().post(self, chat.id(), chat.text(), message -> answer.ok(
                Json.object().put("seq", message.seq()).put("time", message.time())));
    }
}
