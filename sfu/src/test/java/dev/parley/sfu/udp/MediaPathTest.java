package dev.parley.sfu.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import org.junit.jupiter.api.Test;

final class MediaPathTest {
    @Test
    void isNativeWhereTheMachineHasWhatItNeeds() {
        var path = MediaPath.choose(HotPath.AUTO);
        assertEquals(SrtpProvider.NATIVE, path.srtp(), path.reason());
        assertEquals(path, MediaPath.choose(HotPath.NATIVE));
    }

    @Test
    void isJavaWhenTold() {
        var path = MediaPath.choose(HotPath.JAVA);
        assertEquals(SrtpProvider.JAVA, path.srtp());
        assertTrue(path.reason().contains("configured"), path.reason());
    }
}
