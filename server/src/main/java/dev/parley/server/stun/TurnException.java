package dev.parley.server.stun;

import java.io.IOException;

/** A TURN server refused something. */
public final class TurnException extends IOException {
    private static final long serialVersionUID = 1;

    private final int code;

    TurnException(String what, int code, String reason) {
        super(what + " was refused: " + code + " " + reason);
        this.code = code;
    }

    /** The STUN error code, such as 401 (wrong credentials), 403 (forbidden peer) or 486 (quota). */
    public int code() {
        return code;
    }
}
