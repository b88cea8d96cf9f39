package dev.parley.server.room;

import dev.parley.sfu.MediaKind;

/**
 * What others are told about a stream.
 *
 * @param id the producer's id
 * @param kind audio or video
 * @param source what it shows or lets hear
 * @param paused whether its sender has muted it
 */
public record ProducerView(String id, MediaKind kind, Source source, boolean paused) {}
