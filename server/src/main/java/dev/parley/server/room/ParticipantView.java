package dev.parley.server.room;

import java.util.List;

/**
 * What others are told about a participant.
 *
 * @param id the participant's id, a UUID
 * @param name the cleaned name
 * @param role host or guest
 * @param connected false while the signalling connection is lost and the seat is kept
 * @param producers the participant's streams, oldest first
 */
public record ParticipantView(String id, String name, Role role, boolean connected, List<ProducerView> producers) {}
