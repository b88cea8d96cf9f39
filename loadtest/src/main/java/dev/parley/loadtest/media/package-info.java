/**
 * The media of the load tester's people: real ICE, DTLS, SRTP and RTCP on a few threads, with media that can be
 * checked.
 */
@NullMarked
package dev.parley.loadtest.media;

import org.jspecify.annotations.NullMarked;
