package dev.parley.sfu.lane;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpParameters;

/**
 * What a consumer is made of.
 *
 * @param id a random id
 * @param kind audio or video
 * @param rtpParameters what the client receives, with one encoding
 */
public record ConsumerSetup(String id, MediaKind kind, RtpParameters rtpParameters) {}
