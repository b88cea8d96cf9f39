/** The little of each video payload format that forwarding needs: where a key frame begins. */
@NullMarked
package dev.parley.sfu.wire.codec;

import org.jspecify.annotations.NullMarked;
