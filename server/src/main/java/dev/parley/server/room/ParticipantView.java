package dev.parley.server.room;

import java.util.List;

/**
 * What others are told about a participant.
 *
 * @param id the participant's id, a UUID
 * @param name the cleaned name
 * @param producers the participant's streams, oldest first
 */
public record ParticipantView(String id, String name, List<ProducerView> producers) {}
