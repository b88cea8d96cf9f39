package dev.parley.server.signalling;

import dev.parley.server.room.Participant;

/** Writing, reacting and raising hands. */
final class TalkHandlers {
    void handle(Participant self, Request.OfTalk request, Answer answer) {
        var talk = self.room().talk();
        switch (request) {
            case Request.Chat(var draft) ->
                talk.post(self, draft, message -> {
                    var body = Json.object().put("seq", message.seq()).put("time", message.time());
                    message.toName().ifPresent(name -> body.put("toName", name));
                    message.file().ifPresent(file -> body.set("file", Json.of(file)));
                    answer.ok(body);
                });
            case Request.React(var emoji) -> {
                talk.react(self, emoji);
                answer.ok();
            }
            case Request.RaiseHand(var raised) -> {
                talk.raiseHand(self, raised);
                answer.ok();
            }
        }
    }
}
