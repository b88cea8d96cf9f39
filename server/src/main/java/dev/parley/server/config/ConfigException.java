package dev.parley.server.config;

/** A setting that cannot be used. The message names the setting, where it was given, and the cure. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence for the person who started the server. */
    public ConfigException(String message) {
        super(message);
    }
}
