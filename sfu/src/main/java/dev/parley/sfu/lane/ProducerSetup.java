package dev.parley.sfu.lane;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.ortc.RtpMapping;

/**
 * What a producer is made of.
 *
 * @param id a random id
 * @param kind audio or video
 * @param rtpParameters what the client sends, validated, with one encoding
 * @param mapping from the client's payload types to the router's
 * @param paused whether it starts paused
 */
public record ProducerSetup(
        String id, MediaKind kind, RtpParameters rtpParameters, RtpMapping mapping, boolean paused) {}
