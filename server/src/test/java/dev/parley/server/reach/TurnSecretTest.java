package dev.parley.server.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TurnSecretTest {
    @TempDir
    private Path folder;

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        var file = folder.resolve("new/secret");
        var first = TurnSecret.readOrMake(file);
        assertEquals(first.text(), TurnSecret.readOrMake(file).text());
        assertEquals(64, first.text().length());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(first.toString().contains(first.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "two lines of it\nare too many", "a space in the middle", "a-comment-begins-here#",
        "unsichtbare-Zeichen\u0007-darin", "ümlaut-ümlaut-ümlaut"})
    void isRefusedWhenCoturnWouldReadAnotherOne(String text) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), text);
        var error = assertThrows(ConfigException.class, () -> TurnSecret.read(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }

    /** Calculated with openssl: dgst -sha1 -hmac. */
    @Test
    void makesTheCredentialsThatTurnServersExpect() throws IOException {
        var secret = TurnSecret.read(Files.writeString(folder.resolve("secret"), "north-of-everything"));
        var credential = TurnCredential.of(secret, "ada", Instant.ofEpochSecond(1_800_000_000));
        assertEquals("1800000000:ada", credential.username());
        assertEquals("cF09ADLeKSrHgHOrFTSlq6cJT0Q=", credential.password());
        assertFalse(credential.toString().contains(credential.password()));
    }
}
